[Profile]
Name=X
Name[z`_CN]=Y
Name[de_AT.UTF-8@euro]=Z
App=x
