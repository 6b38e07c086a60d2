# SPDX-License-Identifier: GPL-3.0-or-later
# Firefox, and what is called so by distributions.
[Profile]
Name=Firefox
Name[zh_CN]=火狐浏览器
App=firefox;firefox-esr;org.mozilla.firefox

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
