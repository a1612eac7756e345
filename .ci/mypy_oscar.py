"""mypy's view of Oscar's class loader: `Order = get_model("order", "Order")` names a class whose attributes are not
checked, since Oscar has no types; without this, such a name could not be used as a type."""

from mypy.nodes import GDEF, Block, ClassDef, SymbolTable, SymbolTableNode, TypeInfo
from mypy.plugin import DynamicClassDefContext, Plugin
from mypy.types import Instance

# As mypy calls what it imports from a package without types: by the importing module and this name.
LOADERS = {"get_model", "get_class"}


class OscarPlugin(Plugin):
    def get_dynamic_class_hook(self, fullname: str):
        return name_a_class if fullname.rpartition(".")[2] in LOADERS else None


def name_a_class(context: DynamicClassDefContext) -> None:
    definition = ClassDef(context.name, Block([]))
    definition.fullname = context.api.qualified_name(context.name)
    info = TypeInfo(SymbolTable(), definition, context.api.cur_mod_id)
    parent = context.api.named_type("builtins.object")
    definition.info = info
    info.bases = [Instance(parent.type, [])]
    info.mro = [info, parent.type]
    info.fallback_to_any = True
    info.metaclass_type = context.api.named_type("builtins.type")
    info.meta_fallback_to_any = True
    context.api.add_symbol_table_node(context.name, SymbolTableNode(GDEF, info))


def plugin(version: str) -> type[Plugin]:
    return OscarPlugin
