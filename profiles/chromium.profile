# SPDX-License-Identifier: GPL-3.0-or-later
# Chromium and Chrome. They show a page to Sidetouch only when they are started with
# --force-renderer-accessibility, or when a screen reader was on before they were started.
[Profile]
Name=Chromium
Name[zh_CN]=Chromium 浏览器
App=chromium;chromium-browser;org.chromium.Chromium;google-chrome;chrome;com.google.Chrome

[right-top hold]
Command=key F5
Label=Load the page again
Label[zh_CN]=重新载入网页
Hint=Loads the page again; what was typed in it may be lost
Hint[zh_CN]=重新载入网页，已输入的内容可能丢失

[right-middle hold]
Command=next kind=heading
Label=Next heading
Label[zh_CN]=下一个标题

[right-bottom hold]
Command=key Control+l
Label=Address
Label[zh_CN]=地址栏
Confirm=single
Hint=Goes to where the address of a page is typed
Hint[zh_CN]=跳到输入网址的地方
