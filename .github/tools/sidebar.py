"""Keep the sidebar in nbs/_quarto.yml in step with the notebooks.

    python .github/tools/sidebar.py            write it
    python .github/tools/sidebar.py --check    exit 1 where writing would change it

'API' is every numbered notebook of nbs/ in the order of the numbers. What the other sections list stays where it is; a notebook
that no section lists is appended to 'Understand it', to be moved by hand, and one that is gone is dropped.
"""
import re, sys
from pathlib import Path
import yaml

START, END = '    contents:   # written by .github/tools/sidebar.py\n', '\nmetadata-files:'
SECTIONS = ['Run it', 'Understand it', 'API', 'Changes']

def pages(nbs):
    "Every notebook and page that the site shows, relative to `nbs`"
    found = [p.relative_to(nbs) for e in ('ipynb', 'qmd', 'md') for p in nbs.rglob(f'*.{e}')]
    return sorted(p.as_posix() for p in found if not any(o[0] in '._' for o in p.parts))

def is_api(page): return re.match(r'\d\w*_\w+\.ipynb$', page) is not None

def arrange(listed, existing):
    "(sections in order) of what is listed now and what exists"
    api = [p for p in existing if is_api(p)]
    kept = {s: [p for p in listed.get(s, []) if p in existing and not is_api(p)] for s in SECTIONS}
    placed = {p for s in kept.values() for p in s} | {*api, 'index.ipynb'}
    kept['Understand it'] += [p for p in existing if p not in placed]
    return {**kept, 'API': api}

def rewrite(text, existing):
    "The text of _quarto.yml with the sidebar as it should be"
    head, rest = text.split(START)
    tail = rest[rest.index(END):]
    listed = {o['section']: o['contents'] for o in yaml.safe_load(START + rest[:rest.index(END)])['contents'] if isinstance(o, dict)}
    lines = ['      - index.ipynb']
    for section, contents in arrange(listed, existing).items():
        lines += [f'      - section: {section}', '        contents:', *[f'          - {p}' for p in contents]] if contents else []
    return head + START + '\n'.join(lines) + '\n' + tail

def main(nbs=Path(__file__).parents[2]/'nbs', check=False):
    path = nbs/'_quarto.yml'
    old = path.read_text(encoding='utf-8')
    new = rewrite(old, pages(nbs))
    if check and new != old: sys.exit('nbs/_quarto.yml does not list every notebook in order; run python .github/tools/sidebar.py')
    if new != old: path.write_text(new, encoding='utf-8')

if __name__ == '__main__': main(check='--check' in sys.argv[1:])
