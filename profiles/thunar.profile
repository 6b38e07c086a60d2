# SPDX-License-Identifier: GPL-3.0-or-later
# Thunar, the file manager of Xfce. Going from file to file and opening one is what the right buttons do anyway.
[Profile]
Name=Thunar
Name[zh_CN]=文件管理器
App=thunar;Thunar;org.xfce.thunar

[right-top hold]
Command=key Alt+Up
Label=Folder above
Label[zh_CN]=上一级文件夹
Confirm=single
Hint=Goes to the folder that this one is in
Hint[zh_CN]=打开所在的上一级文件夹

[right-middle hold]
Command=read-title
Label=Which folder
Label[zh_CN]=当前文件夹
Hint=Says which folder this is
Hint[zh_CN]=说出这是哪个文件夹

[right-bottom hold]
Command=key F2
Label=Rename
Label[zh_CN]=重命名
Hint=Asks for another name of the chosen file
Hint[zh_CN]=给选中的文件另取名字
