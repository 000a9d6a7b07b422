import { html } from '../../src/modules/billing/bills/page/html';

describe('The markup of the bill page', () => {
  it('escapes whatever a name or number contains', () => {
    const name = `<script>alert("1")</script>&'`;
    expect(html`<td title="${name}">${name}</td>`.markup).toBe(
      '<td title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</td>',
    );
  });

  it('joins lists, takes its own markup as it is, and shows nothing for what is absent', () => {
    const rows = ['a', 'b'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${rows}</ul>${false}${null}${undefined}${0}`.markup).toBe('<ul><li>a</li><li>b</li></ul>0');
  });
});
