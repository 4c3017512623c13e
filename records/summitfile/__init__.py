"""Summit files: YAML text <-> document, every fault with file:line:column.

`strict` reads YAML into plain data with positions, `syntax` words the parser's complaints,
`reading` makes it a document and locates what is wrong with it, `writing` is the way back.
"""

from .reading import File, FileError, all_names, check_all, parsed, read, read_all
from .strict import LARGEST
from .writing import dump, dump_vocabulary

__all__ = [
    "LARGEST",
    "File",
    "FileError",
    "all_names",
    "check_all",
    "dump",
    "dump_vocabulary",
    "parsed",
    "read",
    "read_all",
]
