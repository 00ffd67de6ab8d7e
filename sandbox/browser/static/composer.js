// Writing: Enter sends, Shift+Enter is a new line, commands and names are suggested, a draft outlives a look elsewhere.

import { List } from "./list.js"

const lists = new WeakMap()
const key = form => `draft ${document.body.dataset.base} ${form.dataset.channel || form.dataset.partner} ${form.dataset.thread}`

export function draftOf(form) { return sessionStorage.getItem(key(form)) ?? "" }

export function ready(form) {
  const field = form.elements.text
  field.value ||= draftOf(form)
  fit(field)
}

export function typed(field) {
  const form = field.form
  sessionStorage.setItem(key(form), field.value)
  fit(field)
  suggest(form, field)
}

export function sent(form) {
  const field = form.elements.text
  field.value = ""
  sessionStorage.removeItem(key(form))
  list(form).close()
  fit(field)
}

// True when the key was ours.
export function pressed(event) {
  const form = event.target.form
  if (list(form).key(event)) return true
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return false
  event.preventDefault()
  form.requestSubmit()
  return true
}

export function left(field) { list(field.form).close() }

function suggest(form, field) {
  const before = field.value.slice(0, field.selectionStart)
  const word = before.match(/^\/\S*$/)?.[0] ?? before.match(/(?<=^|\s)[@#][\w.-]*$/)?.[0]
  if (!word || before.length < field.value.length) return list(form).close()
  const fitting = JSON.parse(form.dataset.words).filter(one =>
    one.word.toLowerCase().startsWith(word.toLowerCase()) || (word[0] === "@" && word[1] && one.hint.toLowerCase().startsWith(word.slice(1).toLowerCase())))
  if (fitting.length === 1 && fitting[0].word === word) return list(form).close()
  const options = fitting.slice(0, 12).map(one => ({
    label: one.word, note: [one.hint, one.note].filter(Boolean).join(" — "), value: one.word }))
  list(form).draw([{ label: "", options }])
}

function list(form) {
  const field = form.elements.text
  if (lists.get(form)?.field !== field)
    lists.set(form, new List(field, form.querySelector("[role=listbox]"), word => {
      field.setRangeText(`${word} `, field.value.search(/\S*$/), field.value.length, "end")
      field.focus()
      typed(field)
    }))
  return lists.get(form)
}

function fit(field) {
  field.style.height = "auto"
  field.style.height = `${Math.min(field.scrollHeight, 220)}px`
}
