// A list of suggestions under (or above) a field: drawn, walked with the arrow keys, and chosen from.

export class List {
  constructor(field, list, choose) {
    Object.assign(this, { field, list, choose, options: [] })
    list.onmousedown = event => {
      event.preventDefault()
      const option = event.target.closest("[role=option]")
      if (option) this.take(option)
    }
    list.onmousemove = event => this.walk(event.target.closest("[role=option]") ?? this.current)
  }

  get isOpen() { return !this.list.hidden }

  // groups: [{label, options: [{label, note, value}]}]
  draw(groups, otherwise) {
    this.list.replaceChildren(...groups.flatMap(group => [
      ...(group.label && group.options.length ? [words("div", "group", group.label)] : []),
      ...group.options.map(option => this.option(option)),
    ]))
    this.options = [...this.list.querySelectorAll("[role=option]")]
    if (!this.options.length && otherwise) this.list.append(words("div", "none", otherwise))
    this.list.hidden = !this.list.childNodes.length
    this.field.setAttribute("aria-expanded", this.isOpen)
    this.walk(this.options[0])
    // in a modal the list lengthens what scrolls
    if (this.isOpen) this.list.scrollIntoView({ block: "nearest" })
  }

  option({ label, note, value }) {
    const option = words("div", "option", label)
    option.setAttribute("role", "option")
    option.dataset.value = value
    if (note) option.append(words("small", "", note))
    return option
  }

  walk(option) {
    this.current?.setAttribute("aria-selected", false)
    this.current = option
    if (!option) return this.field.removeAttribute("aria-activedescendant")
    option.id ||= `${this.list.id}-${this.options.indexOf(option)}`
    option.setAttribute("aria-selected", true)
    option.scrollIntoView({ block: "nearest" })
    this.field.setAttribute("aria-activedescendant", option.id)
  }

  // True when the key was the list's.
  key(event) {
    if (!this.isOpen) return false
    const place = this.options.indexOf(this.current)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) this.walk(this.options.at((place + step) % this.options.length))
    else if ((event.key === "Enter" || event.key === "Tab") && this.current) this.take(this.current)
    else if (event.key === "Escape") this.close()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  take(option) {
    this.close()
    this.choose(option.dataset.value, option.firstChild.textContent)
  }

  close() {
    this.list.hidden = true
    this.list.replaceChildren()
    this.options = []
    this.walk()
    this.field.setAttribute("aria-expanded", false)
  }
}

function words(tag, name, text) {
  const element = document.createElement(tag)
  element.className = name
  element.append(text)
  return element
}
