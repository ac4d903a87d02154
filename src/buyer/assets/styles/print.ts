/** On paper: the facts, no buttons. */
export const print = `
@media print {
  :root { color-scheme: light; --page: #fff; --surface: #fff; --sunken: #f3f3f3; --text: #000; --muted: #444; --line: #bbb; --border: #777; --good: #11643d; --warn: #7a4a00; --bad: #a61b29; --shadow: none; }
  .account, .skip, .button, .live { display: none !important; }
  .columns { grid-template-columns: minmax(0, 1fr); }
  .card, .hero { break-inside: avoid; }
  .text a[href^='http']::after { content: ' (' attr(href) ')'; font-size: .85em; }
}`
