"""Scripts in production import one another by names that change with their content."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from config.static_files import HashedStaticFilesStorage

IMPORT = re.compile(r'^import .* from "\./([^"]+)";$', re.MULTILINE)


def test_what_a_script_imports_is_named_by_its_content(tmp_path):
    storage = HashedStaticFilesStorage(location=tmp_path)
    folder = Path(str(finders.find("comments/discussion.js"))).parent
    paths = {}
    for script in folder.glob("*.js"):
        (tmp_path / "comments").mkdir(exist_ok=True)
        (tmp_path / "comments" / script.name).write_bytes(script.read_bytes())
        paths[f"comments/{script.name}"] = (storage, f"comments/{script.name}")
    list(storage.post_process(paths))
    hashed = (tmp_path / storage.stored_name("comments/discussion.js")).read_text("utf-8")
    imported = IMPORT.findall(hashed)
    assert len(imported) == len(IMPORT.findall((folder / "discussion.js").read_text("utf-8"))) > 3
    for name in imported:
        assert re.fullmatch(r"[a-z]+\.[0-9a-f]{12}\.js", name)
        assert (tmp_path / "comments" / name).is_file()
