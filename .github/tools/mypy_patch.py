"mypy plugin: methods that fastcore's `@patch` adds to a class are known to it, with their own signatures unchecked"
from mypy.nodes import MDEF, Decorator, NameExpr, CallExpr, SymbolTableNode, Var
from mypy.plugin import Plugin
from mypy.types import AnyType, TypeOfAny, UnboundType

def _patch_of(decorator):
    "The decorator `patch` or `patch(…)` itself, or None"
    for o in decorator.original_decorators:
        call = o.callee if isinstance(o, CallExpr) else o
        if isinstance(call, NameExpr) and call.name == 'patch': return o

def _patched(tree):
    "(class name, method name) of each `@patch def method(self:Class)`, or (self:(A, B)), in a module"
    for o in tree.defs:
        if not (isinstance(o, Decorator) and _patch_of(o) and o.func.unanalyzed_type): continue
        kind = o.func.unanalyzed_type.arg_types[0]
        for t in getattr(kind, 'items', [kind]):
            if isinstance(t, UnboundType): yield t.name, o.func.name

def _add(ctx):
    info = ctx.cls.info
    for tree in list(ctx.api.modules.values()):
        if not tree.fullname.startswith('basin_dynamics'): continue
        for cls, method in _patched(tree):
            if cls == ctx.cls.name and method not in info.names:
                v = Var(method, AnyType(TypeOfAny.explicit)); v.info = info; v._fullname = f'{info.fullname}.{method}'
                info.names[method] = SymbolTableNode(MDEF, v, plugin_generated=True)

class PatchPlugin(Plugin):
    def get_customize_class_mro_hook(self, fullname): return _add if fullname.startswith('basin_dynamics.') else None

def plugin(version): return PatchPlugin
