// Keeps the page true: asks the server for regions that changed, shows them, and goes from place to place.

import { morph } from "./morph.js"
import { showErrors, showModal, tell } from "./windows.js"
import { ready } from "./composer.js"

const body = document.body
let address = location.pathname + location.search
let latest = Number(body.dataset.number)
let newFrom = body.dataset.newFrom
let asking = false, again = false
let pressed = false, held

const regions = () => [...document.querySelectorAll("[data-region]")]
const standing = () => ({
  page: address,
  prints: Object.fromEntries(regions().map(region => [region.dataset.region, region.dataset.print])),
  new_from: newFrom,
  away: document.hidden,
})

export async function post(path, said) {
  const how = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(said) }
  return fetch(`${body.dataset.base}/${path}`, how).then(answer => answer.json())
    .catch(() => ({ note: "The sandbox does not answer." }))
}

// Does something, and shows what came of it; `busy` is what was pressed.
export async function act(deed, what, busy) {
  busy?.setAttribute("aria-busy", true)
  document.getElementById("trouble")?.replaceChildren()
  try {
    const answer = await post(`do/${deed}`, { ...standing(), with: what })
    show(answer)
    if (answer.note) tell(answer.note)
    if (deed === "submit") showErrors()
    if (answer.go) await go(answer.go)
    return !answer.note
  } finally {
    busy?.removeAttribute("aria-busy")
  }
}

// Asks what changed; while an answer is on its way, once more is enough.
export async function refresh() {
  if (asking) return void (again = true)
  asking = true
  const asked = address
  const answer = await post("live", standing())
  asking = false
  // whoever went on meanwhile sees another place
  if (asked !== address) return void refresh()
  if (answer.gone) return location.assign("/")
  show(answer)
  if (again) { again = false; refresh() }
}

// Goes to another place of the same person; to another person the browser goes by itself.
export async function go(to, { remember = true, keepScroll = false, linked = false } = {}) {
  if (!to.startsWith(body.dataset.base + "/")) return location.assign(to)
  const answer = await post("live", { ...standing(), page: to, visit: true })
  if (answer.gone && linked) return tell(answer.note)
  if (answer.gone) return location.assign(to)
  address = to
  newFrom = answer.new_from
  if (remember) history.pushState(null, "", to)
  body.classList.remove("side-open")
  show(answer, keepScroll)
  const thread = new URL(to, location).searchParams.get("thread")
  document.querySelector(thread ? "#composer-thread-text" : "#composer-main-text, #main")?.focus({ preventScroll: true })
  reveal()
}

// What is under a pressed pointer stays until it is released: nobody's click is lost, or lands on another button.
function holdStill() {
  addEventListener("pointerdown", event => { pressed = Boolean(event.target.closest("button, a")) }, true)
  for (const released of ["pointerup", "pointercancel", "blur"]) addEventListener(released, () => setTimeout(() => {
    pressed = false
    const shown = held
    held = undefined
    if (shown) show(...shown)
  }), true)
}

function show(answer, keepScroll = false) {
  if (!answer.regions || answer.number < latest) return
  if (pressed) return void (held = [answer, keepScroll])
  latest = answer.number
  document.title = answer.title
  for (const region of regions()) {
    const news = answer.regions[region.dataset.region]
    if (news) showRegion(region, news, keepScroll)
  }
  showModal()
}

function showRegion(region, { print, html }, keepScroll) {
  const template = document.createElement("template")
  template.innerHTML = html
  const scroller = region.querySelector("[data-scroller]")
  const fromEnd = scroller ? scroller.scrollHeight - scroller.scrollTop : 0
  const atEnd = scroller && fromEnd - scroller.clientHeight < 60
  const place = root => root.querySelector("[data-place]")?.dataset.place
  const focus = focused(region)
  if (place(region) === place(template.content)) morph(region, template.content)
  else region.replaceChildren(template.content)
  region.dataset.print = print
  settle(region, scroller, atEnd, fromEnd, keepScroll)
  refocus(region, focus)
}

// A conversation stays at its end, or where it was read.
function settle(region, before, atEnd, fromEnd, keepScroll) {
  const scroller = region.querySelector("[data-scroller]")
  region.querySelectorAll("[data-composer]").forEach(ready)
  if (!scroller) return
  stick(scroller)
  if (scroller !== before || (atEnd && !keepScroll)) scroller.scrollTop = scroller.scrollHeight
  else if (keepScroll && !atEnd) scroller.scrollTop = scroller.scrollHeight - fromEnd
}

// Who reads the end of a conversation still does when the window or a picture takes another size.
const stuck = new WeakMap()
function stick(scroller) {
  if (stuck.has(scroller)) return
  let atEnd = true, known
  stuck.set(scroller, () => { atEnd = false })
  const size = () => `${scroller.scrollHeight} ${scroller.clientHeight}`
  const sizes = new ResizeObserver(() => {
    known = size()
    if (atEnd) scroller.scrollTop = scroller.scrollHeight
  })
  // a new size scrolls by itself, which is nobody's wish
  scroller.addEventListener("scroll", () => {
    if (size() === known) atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60
  })
  sizes.observe(scroller)
  sizes.observe(scroller.querySelector(".stream"))
}

// A link led to a message: it comes into sight, in its thread too, and is marked for a moment.
function reveal() {
  const { message, thread } = document.querySelector("#main [data-message]")?.dataset ?? {}
  if (!message) return
  for (const one of document.querySelectorAll(".message")) {
    if (one.dataset.ts !== message && one.dataset.ts !== thread) continue
    stuck.get(one.closest("[data-scroller]"))?.()
    one.scrollIntoView({ block: "center" })
    if (one.dataset.ts === message) mark(one)
  }
}

// Who follows a link out of a form sees the mark when the form is gone.
function mark(message) {
  const fade = () => setTimeout(() => message.removeAttribute("data-marked"), 3000)
  const wait = () => document.querySelector("dialog.modal") ? setTimeout(wait, 300) : fade()
  message.setAttribute("data-marked", "")
  wait()
}

// An app may show the same field under another id: the keyboard stays in the field of that name, at that place.
function focused(region) {
  const field = document.activeElement
  if (!region.contains(field) || field === region) return null
  const called = name(field)
  return { field, called, place: named(region, called).indexOf(field) }
}

function refocus(region, was) {
  if (!was || was.field.isConnected) return
  const field = named(region, was.called)[was.place]
  field?.focus()
  if (field?.select) field.select()
}

const name = field => field.labels?.[0]?.textContent || field.getAttribute("aria-label") || field.textContent
const named = (region, called) =>
  [...region.querySelectorAll("input, select, textarea, button, a")].filter(field => name(field) === called)

// News come while the page is looked at; a tab in the background asks now and then, as a browser opens few connections.
let source
function listen() {
  source?.close()
  source = document.hidden ? undefined : new EventSource("/news")
  if (source) source.onmessage = source.onopen = refresh
}

export function start() {
  document.querySelectorAll("[data-scroller]").forEach(one => { one.scrollTop = one.scrollHeight; stick(one) })
  document.querySelectorAll("[data-composer]").forEach(ready)
  showModal()
  reveal()
  holdStill()
  listen()
  document.addEventListener("visibilitychange", listen)
  addEventListener("popstate", () => go(location.pathname + location.search, { remember: false }))
  setInterval(() => document.hidden || document.querySelector("#now[data-running]") ? refresh() : null, 10_000)
}
