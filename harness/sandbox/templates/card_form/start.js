// Last of all: planted faults take their places, and the form starts to listen.
for (const id of cardForm.settings.defects) if (cardForm.defects[id]) cardForm.defects[id](cardForm);

for (const name of cardForm.fields.names) {
  cardForm.fields.input(name).addEventListener('input', (event) => cardForm.fields.typed(name, event));
  cardForm.fields.input(name).addEventListener('blur', (event) => cardForm.fields.left(name, event));
}
if (cardForm.settings.mode === 'card') cardForm.brand.show('');
document.getElementById('form').addEventListener('submit', (event) => {
  event.preventDefault();
  cardForm.bridge.tell('submit', {});
});
new ResizeObserver(() => cardForm.bridge.height()).observe(document.body);
window.addEventListener('message', cardForm.bridge.hear);
