# Every kind of group and key.
[Profile]
Name=Shop
Name[zh_CN]=商店
App=firefox*;chromium
Site=shop.example;*.shop.example
Inherits=Default

[right-bottom]
Command=activate role=button name="Pay \"now\" #1"
Label=Pay\snow
Label[de]=Zahlen
Confirm=hold
Hint=Pays what is in the cart

[left-top hold]
Command=key Alt+Left
Confirm=single

[left-top + right-top]
Command=back

[ear swipe-up]
Command=voice rate +10
