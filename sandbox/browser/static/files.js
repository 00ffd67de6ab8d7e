// Files on their way into a form; what is done next there waits until they have arrived.

// a file that is too large is cut just above Slack's limit, and refused for that
const MOST = 10_000_001
let pending = Promise.resolve()

export function arrived() { return pending }

// Reads what was chosen in a field and hands it on; then the field is empty again, as the page shows what it holds.
export function encoded(field, attach) {
  const arriving = Promise.all([...field.files].map(read)).then(attach).finally(() => { field.value = "" })
  pending = Promise.allSettled([pending, arriving])
}

async function read(file) {
  const reader = new FileReader()
  reader.readAsDataURL(file.slice(0, MOST))
  await new Promise(done => { reader.onloadend = done })
  return { name: file.name, content: (reader.result ?? "").split(",")[1] ?? "" }
}
