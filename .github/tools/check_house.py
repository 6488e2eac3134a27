"""A stage may import only from stages below it: fail where a module reaches up the house, or where the table in CONTRIBUTING.md tells other imports.

    python .github/tools/check_house.py [REPOSITORY]

The order is that of the numbered notebooks in nbs/, each of which names its module after `#| default_exp`. Imports inside functions count.
"""
import ast, json, re, sys
from pathlib import Path

PACKAGE = 'basin_dynamics'
APART = [{'compress', 'memorize'}]        # neither may import the other: one forward pass feeds both

def stages(nbs):
    "Module names in the order of their notebooks"
    found = []
    for nb in sorted(nbs.glob('[0-9]*.ipynb')):
        code = '\n'.join(''.join(c['source']) for c in json.loads(nb.read_text(encoding='utf-8'))['cells'])
        if m := re.search(r'^#\|\s*default_exp\s+(\w+)', code, re.M): found.append(m.group(1))
    return found

def imported(source):
    "(module of this package, line) for each import in Python source"
    for o in ast.walk(ast.parse(source)):
        if isinstance(o, ast.Import): names = [a.name for a in o.names]
        elif isinstance(o, ast.ImportFrom):
            base = f"{PACKAGE}.{o.module or ''}".rstrip('.') if o.level else o.module or ''
            names = [f'{base}.{a.name}' for a in o.names] if base == PACKAGE else [base]
        else: continue
        for name in names:
            if name.startswith(PACKAGE + '.'): yield name.split('.')[1], o.lineno

def violations(order, sources):
    "A sentence for each import that reaches up; `sources` maps module to Python source"
    for module, source in sources.items():
        if module not in order: yield f'{module}: no numbered notebook exports it'; continue
        for other, line in imported(source):
            if other in order and order.index(other) >= order.index(module):
                yield f'{PACKAGE}/{module}.py:{line}: {module} imports {other}, which comes after it'
            if {module, other} in APART: yield f'{PACKAGE}/{module}.py:{line}: {module} and {other} do not import each other'

def mistold(order, sources, text):
    "A sentence for each row of the table of the house that tells other imports than the module has"
    rows = dict(re.findall(r'^\| `\d+[a-z]?_(\w+)` \|.*\| (.*) \|$', text, re.M))
    for module in order:
        own = [o for o in order if o != module and o in {name for name, _ in imported(sources.get(module, ''))}]
        if rows.get(module) != (told := ', '.join(own) or '—'): yield f'CONTRIBUTING.md: {module} imports {told}, and the table says {rows.get(module, "nothing")}'

def main(root):
    order = stages(root/'nbs')
    sources = {p.stem: p.read_text(encoding='utf-8') for p in sorted((root/PACKAGE).glob('*.py')) if not p.stem.startswith('_')}
    missing = [f'{o}: its notebook was not exported' for o in order if o not in sources]
    found = [*missing, *violations(order, sources), *mistold(order, sources, (root/'CONTRIBUTING.md').read_text(encoding='utf-8'))]
    for o in found: print(o, file=sys.stderr)
    if not found: print('The house, from the ground up: ' + ' < '.join(order))
    return bool(found)

if __name__ == '__main__': sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2]))
