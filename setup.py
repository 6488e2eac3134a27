"Package metadata comes from settings.ini; edit there, not here."
from configparser import ConfigParser
from pathlib import Path
import shlex
from setuptools import setup, find_packages
from setuptools.command.sdist import sdist

here = Path(__file__).parent
config = ConfigParser(delimiters=['='])
config.read(here/'settings.ini', encoding='utf-8')
cfg = config['DEFAULT']
needed = 'lib_name version description keywords author author_email user branch license status min_python audience language git_url'.split()
for o in needed: assert o in cfg, f'missing expected setting: {o}'

spdx = dict(apache2='Apache-2.0', mit='MIT', bsd3='BSD-3-Clause', gpl3='GPL-3.0-only')
status = ['1 - Planning', '2 - Pre-Alpha', '3 - Alpha', '4 - Beta', '5 - Production/Stable', '6 - Mature', '7 - Inactive']
reqs = lambda k: shlex.split(cfg.get(k, ''))
extras = {k.removesuffix('_requirements'): reqs(k) for k in cfg if k.endswith('_requirements')}

class SDist(sdist):
    "setup.py reads settings.ini, so a source distribution needs it (this saves a MANIFEST.in)"
    def make_release_tree(self, base_dir, files): super().make_release_tree(base_dir, [*files, 'settings.ini'])

setup(
    cmdclass={'sdist': SDist},
    name=cfg['lib_name'], version=cfg['version'], description=cfg['description'], keywords=cfg['keywords'].split(),
    author=cfg['author'], author_email=cfg['author_email'], license=spdx.get(cfg['license'], cfg['license']), license_files=['LICENSE'], url=cfg['git_url'],
    project_urls={'Documentation': cfg['doc_host'] + cfg['doc_baseurl'], 'Changelog': f"{cfg['git_url']}/blob/{cfg['branch']}/CHANGELOG.md", 'Issues': cfg['git_url'] + '/issues'},
    packages=find_packages(include=['basin_dynamics', 'basin_dynamics.*']),
    package_data={'basin_dynamics': ['assets/*', 'assets/*/*']},
    python_requires='>=' + cfg['min_python'], install_requires=reqs('requirements'), extras_require=extras,
    long_description=(here/'README.md').read_text(encoding='utf-8').replace('](.github/', f'](https://raw.githubusercontent.com/{cfg["user"]}/{cfg["repo"]}/{cfg["branch"]}/.github/'),
    long_description_content_type='text/markdown', zip_safe=False,
    classifiers=['Development Status :: ' + status[int(cfg['status'])-1], 'Intended Audience :: ' + cfg['audience'],
                 'Natural Language :: ' + cfg['language'], 'Programming Language :: Python :: 3', *[f'Programming Language :: Python :: 3.{o}' for o in (11, 12, 13)],
                 'Topic :: Scientific/Engineering :: Artificial Intelligence'],
    entry_points={'console_scripts': reqs('console_scripts'),
                  'nbdev': [f"{cfg['lib_path']}={cfg['lib_path']}._modidx:d"]},
)
