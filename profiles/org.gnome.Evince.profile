# SPDX-License-Identifier: GPL-3.0-or-later
# Evince, for documents: page by page.
[Profile]
Name=Evince
Name[zh_CN]=文档查看器
App=org.gnome.Evince;evince

[right-top]
Command=key Control+PageUp
Label=Page before
Label[zh_CN]=上一页
Confirm=single
Hint=Turns back to the page before
Hint[zh_CN]=翻到上一页

[right-middle]
Command=key Control+PageDown
Label=Next page
Label[zh_CN]=下一页
Confirm=single
Hint=Turns to the next page
Hint[zh_CN]=翻到下一页

[right-bottom]
Command=last
Label=Read the page
Label[zh_CN]=朗读本页
Hint=Reads the page that shows; it comes last in the window
Hint[zh_CN]=朗读当前显示的一页；它在窗口的最后

[right-top hold]
Command=key Control+Home
Label=First page
Label[zh_CN]=第一页
Confirm=single
Hint=Turns to the first page
Hint[zh_CN]=翻到第一页

[right-middle hold]
Command=key Control+End
Label=Last page
Label[zh_CN]=最后一页
Confirm=single
Hint=Turns to the last page
Hint[zh_CN]=翻到最后一页

[right-bottom hold]
Command=key Control+f
Label=Find
Label[zh_CN]=查找
Hint=Asks for a word to look for
Hint[zh_CN]=输入要查找的词
