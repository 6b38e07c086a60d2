# SPDX-License-Identifier: GPL-3.0-or-later
# Mousepad, the text editor of Xfce.
[Profile]
Name=Mousepad
Name[zh_CN]=文本编辑器
App=org.xfce.mousepad;mousepad

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
