// Makes one element's children read like another's, and leaves alone whatever somebody is busy with: elements are known
// by their id, typed text stays, and what carries data-keep belongs to the script.

export function morph(have, want) {
  const ids = new Set([...want.children].map(child => child.id).filter(Boolean))
  const standing = new Map([...have.children].map(child => [child.id, child]))
  let at = have.firstChild
  for (const next of [...want.childNodes]) {
    const known = next.id && standing.get(next.id)
    if (known) {
      // what stands before it and does not stay goes first: an element that is moved loses the keyboard
      while (at && at !== known && !ids.has(at.id)) at = drop(at)
      if (known === at) at = at.nextSibling
      else have.insertBefore(known, at)
      become(known, next)
    } else if (at && !at.id && !next.id && at.nodeName === next.nodeName) {
      become(at, next)
      at = at.nextSibling
    } else have.insertBefore(next, at)
  }
  while (at) at = drop(at)
}

function drop(node) {
  const next = node.nextSibling
  node.remove()
  return next
}

function become(have, want) {
  if (have.nodeType !== Node.ELEMENT_NODE) {
    if (have.nodeValue !== want.nodeValue) have.nodeValue = want.nodeValue
    return
  }
  if (have.isEqualNode(want) && !have.querySelector("input, select, textarea")) return
  if (have.nodeName !== want.nodeName) return have.replaceWith(want)
  const touched = isTouched(have)
  copyAttributes(have, want)
  if (!("keep" in have.dataset)) morph(have, want)
  if (!touched) restore(have)
}

// open, hidden and the like are the script's or the browser's own
const OWN = new Set(["open", "hidden", "aria-expanded", "aria-activedescendant", "aria-busy", "style", "data-marked"])

function copyAttributes(have, want) {
  for (const { name } of [...have.attributes])
    if (!want.hasAttribute(name) && !OWN.has(name)) have.removeAttribute(name)
  for (const { name, value } of [...want.attributes])
    if (have.getAttribute(name) !== value && !OWN.has(name)) have.setAttribute(name, value)
}

// Has somebody entered something that the page does not know of yet?
export function isTouched(field) {
  if (field.matches("input[type=checkbox], input[type=radio]")) return field.checked !== field.defaultChecked
  if (field.matches("input, textarea")) return field.value !== field.defaultValue
  if (field.matches("select")) return field.value !== standing(field)
  return false
}

// Shows a field as the page has it.
export function restore(field) {
  if (field.matches("input[type=checkbox], input[type=radio]")) field.checked = field.defaultChecked
  else if (field.matches("input, textarea")) { if (field.value !== field.defaultValue) field.value = field.defaultValue }
  else if (field.matches("select")) field.value = standing(field)
}

function standing(select) {
  return [...select.options].find(option => option.defaultSelected)?.value ?? ""
}
