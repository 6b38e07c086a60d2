# SPDX-License-Identifier: GPL-3.0-or-later
# GNOME Text Editor: the same three buttons as in Mousepad, and finding a word.
[Profile]
Name=GNOME Text Editor
Name[zh_CN]=GNOME 文本编辑器
App=org.gnome.TextEditor;gnome-text-editor

[right-top]
Command=key Control+s
Label=Save
Label[zh_CN]=保存
Hint=Writes the text to its file
Hint[zh_CN]=把文字写入文件

[right-middle]
Command=key Control+z
Label=Undo
Label[zh_CN]=撤销
Hint=Takes the last change back
Hint[zh_CN]=取消上一次改动

[right-bottom]
Command=read-title
Label=Title
Label[zh_CN]=标题
Hint=Says the name of the file
Hint[zh_CN]=说出文件名

[right-middle hold]
Command=key Control+Shift+z
Label=Redo
Label[zh_CN]=重做
Hint=Does again what was undone
Hint[zh_CN]=恢复刚才撤销的改动

[right-bottom hold]
Command=key Control+f
Label=Find
Label[zh_CN]=查找
Hint=Asks for a word to look for
Hint[zh_CN]=输入要查找的词
