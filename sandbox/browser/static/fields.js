// Blocks: what an element is, what is entered in it, and what was typed around it and not told yet.

import { isTouched } from "./morph.js"
import { List } from "./list.js"

const lists = new WeakMap()

// Which element of which surface, as the server wants to know it.
export function target(element) {
  return { where: surface(element), block: element.dataset.block, action: element.dataset.action }
}

export function surface(element) {
  return JSON.parse(element.closest("[data-surface]").dataset.surface)
}

// What was typed into the other fields of this surface since the server last heard of them.
export function typedAround(element) {
  const around = element.closest("dialog.modal") ?? element.closest("[data-surface]")
  return [...around.querySelectorAll("[data-do=type]")]
    .filter(field => field !== element && isTouched(field))
    .map(field => ({ block: field.dataset.block, action: field.dataset.action, value: field.value }))
}

// What a group of checkboxes or radio buttons holds.
export function ticked(group) {
  const chosen = [...group.querySelectorAll("input:checked")].map(input => input.value)
  return group.querySelector("[type=radio]") ? chosen[0] ?? null : chosen
}

// A select that one types into.
export function pickList(pick, ask, choose) {
  const field = pick.querySelector("[role=combobox]")
  if (lists.get(pick)?.field !== field)
    lists.set(pick, new List(field, pick.querySelector("[role=listbox]"), (value, label) => {
      field.value = "many" in pick.dataset ? "" : label
      choose(pick, with_(pick, JSON.parse(value)))
    }))
  const list = lists.get(pick)
  list.ask = async query => {
    const number = list.asked = (list.asked ?? 0) + 1
    const answer = await ask(pick, query)
    if (number !== list.asked || document.activeElement !== field) return
    const left = (answer.least ?? 0) - query.length
    const held = chips(pick).map(one => JSON.stringify(one))
    for (const group of answer.groups)
      group.options = group.options.filter(option => !held.includes(JSON.stringify(JSON.parse(option.value))))
    list.draw(answer.groups, answer.note ?? (left > 0 ? `Type ${left} more character${left > 1 ? "s" : ""}` : "Nothing found"))
  }
  return list
}

export function chips(pick) {
  return [...pick.querySelectorAll(".chip")].map(chip => JSON.parse(chip.dataset.value))
}

export function without(chip) {
  const pick = chip.closest(".pick")
  return [...pick.querySelectorAll(".chip")].filter(one => one !== chip).map(one => JSON.parse(one.dataset.value))
}

function with_(pick, value) {
  if (!("many" in pick.dataset)) return value
  const held = chips(pick)
  return held.some(one => JSON.stringify(one) === JSON.stringify(value)) ? held : [...held, value]
}
