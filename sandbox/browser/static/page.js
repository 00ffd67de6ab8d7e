// What somebody does on the page, told to the server; everything hangs on attributes that the templates set.

import { act, go, post, start } from "./live.js"
import { allowed } from "./windows.js"
import { restore } from "./morph.js"
import * as composer from "./composer.js"
import { pickList, surface, target, ticked, typedAround, without } from "./fields.js"
import { arrived, encoded } from "./files.js"

// What is meant is taken down before anything is waited for: news may replace the element meanwhile.
async function press(element) {
  const said = { ...target(element), fields: typedAround(element) }
  if (!await allowed(element)) return
  await arrived()
  act("press", said, element)
}

async function choose(element, value, more = {}) {
  const said = { ...target(element), value, ...more, fields: typedAround(element) }
  if (!await allowed(element)) return undo(element)
  if (!await act("choose", said, element)) undo(element)
}

const attach = field => encoded(field, files => {
  const element = field.closest("[data-do=files]")
  return act("attach", { ...target(element), files, fields: typedAround(element) }, element)
})

function detach(button) {
  const element = button.closest("[data-do=files]")
  act("detach", { ...target(element), file: button.dataset.detach, fields: typedAround(element) }, element)
}

function undo(element) {
  for (const field of [element, ...element.querySelectorAll("input")]) restore(field)
}

const pick = element => pickList(element, (one, query) => post("suggest", { ...target(one), query }), choose)

// A button with a deed says in its data what is to be done; a form adds its fields.
const deed = element => {
  const { deed: name, ...data } = element.dataset
  const said = Object.fromEntries(Object.entries(data).map(([key, value]) => [key.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`), value]))
  if (element.matches("form")) Object.assign(said, Object.fromEntries(new FormData(element)))
  element.closest("[popover]")?.hidePopover()
  if (element.matches("form")) element.reset()
  return act(name, said, element)
}

// A link to a message of this house opens here, as the same person.
function linked(link) {
  const { house, base } = document.body.dataset
  return link?.href.startsWith(`${house}/archives/`) ? base + link.href.slice(house.length) : null
}

document.addEventListener("click", event => {
  const on = selector => event.target.closest(selector)
  let it = linked(on("a[href]"))
  if (it && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault()
    go(it, { linked: true })
  }
  if (event.target.matches("[role=combobox]") && on(".pick")) pick(on(".pick")).ask("")
  else if ((it = on("[data-drop]"))) choose(it.closest(".pick"), without(it.closest(".chip")))
  else if ((it = on("[data-detach]"))) detach(it)
  else if ((it = on("[data-clear]"))) choose(it.closest(".pick"), null)
  else if ((it = on("[data-do=press]"))) press(it)
  else if ((it = on("[data-do=menu] button"))) { it.closest("[popover]").hidePopover(); choose(it.closest("[data-do=menu]"), it.dataset.value) }
  else if ((it = on("[data-close]"))) act("close", { where: surface(it), fields: typedAround(it) }, it)
  else if ((it = on("button[data-deed]"))) deed(it)
  else if (on("[data-side]")) document.body.classList.toggle("side-open")
  else if ((it = on("a[data-go]")) && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault()
    go(it.getAttribute("href"), { keepScroll: "keepScroll" in it.dataset })
  } else if (!on("#side")) document.body.classList.remove("side-open")
})

const later = new Map()
function soon(element, milliseconds, then) {
  clearTimeout(later.get(element)?.timer)
  const run = () => { later.delete(element); return then() }
  later.set(element, { timer: setTimeout(run, milliseconds), run })
}

// A date that was entered a moment ago is told before what follows from it.
async function told(around) {
  for (const [element, { timer, run }] of [...later]) {
    if (!around.contains(element) || !element.matches("[data-do=date]")) continue
    clearTimeout(timer)
    await run()
  }
}

document.addEventListener("change", event => {
  const it = event.target
  if (it.matches("[data-do=choose]")) choose(it, it.value || null)
  else if (it.matches("[data-do=tick] input")) choose(it.closest("[data-do=tick]"), ticked(it.closest("[data-do=tick]")))
  else if (it.matches("[data-do=files] input")) attach(it)
  // a date that is being typed passes through the years 2, 20 and 202
  else if (it.matches("[data-do=date]") && !/^0/.test(it.value)) soon(it, 350, () => choose(it, it.value || null))
})

document.addEventListener("input", event => {
  const it = event.target
  if (it.matches("[data-composer] textarea")) composer.typed(it)
  else if (it.matches(".pick input")) soon(it, 120, () => pick(it.closest(".pick")).ask(it.value))
  else if (it.matches("[data-typing]")) soon(it, 250, () => choose(it, it.value, { enter: false }))
})

document.addEventListener("keydown", event => {
  const it = event.target
  if (it.matches("[data-composer] textarea")) return void composer.pressed(event)
  if (it.matches(".pick input")) {
    const list = pick(it.closest(".pick"))
    if (list.key(event)) return
    if (event.key === "ArrowDown") list.ask("")
  }
  if (event.key !== "Enter") return
  if (event.ctrlKey || event.metaKey) return void it.closest("[data-submit]")?.requestSubmit()
  if (it.matches("[data-submit] input, .pick input")) event.preventDefault()
  if (it.matches("[data-enter]") && !it.matches("textarea")) choose(it, it.value, { enter: true })
}, true)

document.addEventListener("focusout", event => {
  const it = event.target
  if (it.matches("[data-composer] textarea")) composer.left(it)
  else if (it.matches(".pick input")) { pick(it.closest(".pick")).close(); restore(it) }
})

document.addEventListener("submit", async event => {
  const form = event.target
  if (form.method === "dialog") return
  event.preventDefault()
  if (form.matches("[data-submit]")) submit(form, event.submitter ?? form)
  else if (form.matches("[data-composer]")) send(form)
  else if (form.matches("[data-deed]")) deed(form)
})

// What is submitted is what stands on the page now, also while a newer form is on its way.
async function submit(form, busy) {
  const { shown } = form.closest("dialog").dataset
  await told(form)
  await arrived()
  act("submit", { where: surface(form), shown, fields: typedAround(form) }, busy)
}

function send(form) {
  const { channel, partner, thread } = form.dataset
  const text = form.elements.text.value
  if (!text.trim()) return
  composer.sent(form)
  const scroller = form.parentElement.querySelector("[data-scroller]")
  scroller.scrollTop = scroller.scrollHeight
  act("send", { text, channel, partner, thread }, form).then(went => {
    if (!went && !form.elements.text.value) form.elements.text.value = text
  })
}

// Escape closes the modal the way its button does
document.addEventListener("cancel", event => {
  if (!event.target.matches("dialog.modal")) return
  event.preventDefault()
  event.target.querySelector("footer [data-close]").click()
}, true)

// The inspector's payloads are fetched when they are looked at
document.addEventListener("toggle", async event => {
  const entry = event.target
  if (!entry.matches?.("details[data-entry]") || !entry.open) return
  const payload = entry.querySelector(".payload")
  if (!payload.childNodes.length) payload.innerHTML = await (await fetch(entry.dataset.entry)).text()
}, true)

start()
