"Tests of the checks in this folder: each must catch what it is there for"
import configparser, sys, tempfile, unittest
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
import check_house, set_repo, sidebar

class House(unittest.TestCase):
    order = ['core', 'data', 'compress', 'memorize', 'analyze']
    def found(self, **sources): return list(check_house.violations(self.order, sources))
    def test_down_is_fine(self): self.assertEqual(self.found(analyze='from .core import a\nfrom basin_dynamics.data import b\nimport numpy'), [])
    def test_up_is_not(self):
        for source in ('from .analyze import x', 'from basin_dynamics.analyze import x', 'import basin_dynamics.analyze', 'from . import analyze',
                       'from basin_dynamics import analyze', 'def f():\n    from .analyze import x'):
            self.assertEqual(len(self.found(data=source)), 1, source)
    def test_nor_oneself(self): self.assertIn('data imports data', self.found(data='from .data import x')[0])
    def test_apart(self): self.assertIn('do not import each other', self.found(memorize='from .compress import x')[0])
    def test_unknown_module(self): self.assertIn('no numbered notebook', self.found(attic='x = 1')[0])
    def test_the_table_tells_the_imports(self):
        sources, row = dict(core='', data='from .core import a'), '| `01_data` | texts | {} |'.format
        mistold = lambda *rows: list(check_house.mistold(['core', 'data'], sources, '\n'.join(rows)))
        self.assertEqual(mistold('| `00_core` | errors | — |', row('core')), [])
        self.assertIn('data imports core, and the table says core, train', mistold('| `00_core` | errors | — |', row('core, train'))[0])
        self.assertIn('the table says nothing', mistold(row('core'))[0])
    def test_a_copy_of_this_house(self):
        with tempfile.TemporaryDirectory() as tmp:
            here, root = Path(__file__).parents[2], Path(tmp)
            for folder in ('nbs', 'basin_dynamics'):
                (root/folder).mkdir()
                for p in [*(here/folder).glob('*.ipynb'), *(here/folder).glob('*.py')]: (root/folder/p.name).write_text(p.read_text(encoding='utf-8'), encoding='utf-8')
            (root/'CONTRIBUTING.md').write_text((here/'CONTRIBUTING.md').read_text(encoding='utf-8'), encoding='utf-8')
            self.assertFalse(check_house.main(root))
            with (root/'basin_dynamics'/'core.py').open('a') as f: f.write('\nfrom .train import load_model\n')
            self.assertTrue(check_house.main(root))

class Address(unittest.TestCase):
    def setUp(self):
        cfg = configparser.ConfigParser()
        cfg.read_string('[DEFAULT]\nuser = ada\nrepo = basins\nbranch = dev\nversion = 1.2.3\nlib_name = basin-dynamics\nlib_path = basin_dynamics\n')
        self.cfg, self.ours = cfg['DEFAULT'], {'basins', 'basin-dynamics', 'basin_dynamics'}
    def now(self, text): return set_repo.rewritten(text, self.cfg, self.ours)
    def test_every_form(self):
        for old, new in {'https://github.com/someone/basin_dynamics': 'https://github.com/ada/basins',
                         'git+https://github.com/someone/basin-dynamics.git@main': 'git+https://github.com/ada/basins.git@main',
                         'https://someone.github.io/basin_dynamics/core.html': 'https://ada.github.io/basins/core.html',
                         'https://raw.githubusercontent.com/x/basin_dynamics/main/a.png': 'https://raw.githubusercontent.com/ada/basins/main/a.png',
                         'https://colab.research.google.com/github/x/basin_dynamics/blob/main/nbs/a.ipynb': 'https://colab.research.google.com/github/ada/basins/blob/dev/nbs/a.ipynb',
                         'git@github.com:x/basin_dynamics.git': 'git@github.com:ada/basins.git'}.items():
            self.assertEqual(self.now(old), new)
            self.assertEqual(self.now(new), new)
    def test_others_stay(self):
        for text in ('https://github.com/huggingface/transformers', 'https://github.com/x/basin_dynamics_extra', 'import basin_dynamics'): self.assertEqual(self.now(text), text)
    def test_remembers_the_last_name(self): self.assertIn('old-name', set_repo.names(self.cfg, 'repository-code: "https://github.com/x/old-name"\n'))
    def test_version(self):
        self.assertEqual(set_repo.versioned('version: 0.1.0\n', self.cfg), 'version: 1.2.3\n')
        self.assertEqual(set_repo.versioned(' version = {0.1.0},', self.cfg), ' version = {1.2.3},')

class Sidebar(unittest.TestCase):
    def test_arranged(self):
        new = sidebar.arrange({'Run it': ['tutorials/a.ipynb', 'tutorials/gone.ipynb'], 'API': []}, ['index.ipynb', '00_core.ipynb', '03b_audit.ipynb', '04_memorize.ipynb', 'tutorials/a.ipynb', 'tutorials/new.ipynb'])
        self.assertEqual(new['Run it'], ['tutorials/a.ipynb'])
        self.assertEqual(new['Understand it'], ['tutorials/new.ipynb'])
        self.assertEqual(new['API'], ['00_core.ipynb', '03b_audit.ipynb', '04_memorize.ipynb'])
    def test_an_unlisted_notebook_fails_the_check(self):
        with tempfile.TemporaryDirectory() as tmp:
            nbs = Path(tmp)
            (nbs/'_quarto.yml').write_text('website:\n  sidebar:\n' + sidebar.START + '      - index.ipynb\n' + sidebar.END + ' []\n')
            (nbs/'00_core.ipynb').write_text('{}')
            with self.assertRaises(SystemExit): sidebar.main(nbs, check=True)
            sidebar.main(nbs); sidebar.main(nbs, check=True)
            self.assertIn('00_core.ipynb', (nbs/'_quarto.yml').read_text())

if __name__ == '__main__': unittest.main()
