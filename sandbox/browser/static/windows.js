// What lies above the page: modals, questions, menus and notes.

const ask = document.getElementById("ask")
const note = document.getElementById("note")
let closing

// Shows a sentence that somebody should not miss: in the modal when there is one, else above the page.
export function tell(words) {
  const trouble = document.getElementById("trouble")
  if (trouble) return void (trouble.textContent = words)
  clearTimeout(closing)
  note.textContent = words
  note.showPopover()
  closing = setTimeout(() => note.hidePopover(), 8000)
}

// Asks before an element acts; true when it may.
export async function allowed(element) {
  if (!element.dataset.ask) return true
  const words = JSON.parse(element.dataset.ask)
  document.getElementById("ask-title").textContent = words.title
  document.getElementById("ask-text").innerHTML = words.html
  document.getElementById("ask-no").textContent = words.deny
  const yes = document.getElementById("ask-yes")
  yes.textContent = words.confirm
  yes.className = `btn btn-${words.style}`
  ask.returnValue = "no"
  ask.showModal()
  yes.focus()
  await new Promise(done => ask.addEventListener("close", done, { once: true }))
  return ask.returnValue === "yes"
}

// Opens the modal that the page has, and brings the keyboard back when there is none any more.
let opener
let waiting
export function showModal() {
  const modal = document.querySelector("dialog.modal")
  if (modal && !modal.open) {
    opener ??= document.activeElement?.id
    modal.showModal()
    waiting = true
  }
  if (modal && waiting) focusFirst(modal)
  if (!modal && opener) {
    const back = document.getElementById(opener)
    opener = undefined
    ;(back?.getClientRects().length ? back : document.querySelector("#composer-main-text"))?.focus()
  }
}

// A view that only says that another one comes has nothing but its footer: the keyboard goes on when fields arrive.
function focusFirst(modal) {
  const first = modal.querySelector("[data-focus]:not(.pick), [data-focus] input")
    ?? modal.querySelector(".body input:not([type=hidden]), .body select, .body textarea, .body button")
  const footer = modal.querySelector("footer")
  ;(first ?? footer.querySelector("button:last-child")).focus()
  waiting = !first
}

// Brings the first field with an error into sight.
export function showErrors() {
  document.querySelector("dialog.modal .has-error :is(input, select, textarea)")?.focus()
}

// Menus stand beside the button that opens them, inside the window.
document.addEventListener("toggle", event => {
  const menu = event.target
  if (!menu.matches?.("[popover].menu")) return
  const opener = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`)
  opener?.setAttribute("aria-expanded", event.newState === "open")
  if (event.newState !== "open" || !opener) return
  const at = opener.getBoundingClientRect()
  const below = innerHeight - at.bottom > menu.offsetHeight + 12
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - menu.offsetHeight - 4)}px`
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`
  menu.querySelector("button, input, a")?.focus()
}, true)

document.addEventListener("keydown", event => {
  const menu = event.target.closest?.("[role=menu]")
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!menu || !step) return
  event.preventDefault()
  const entries = [...menu.querySelectorAll("button")]
  entries.at((entries.indexOf(event.target) + step) % entries.length).focus()
})
