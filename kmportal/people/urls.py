from django.urls import path

from kmportal.people.views import account, directory

app_name = "people"
urlpatterns = [
    path("me/", account.profile, name="profile"),
    path("me/picture/", account.change_picture, name="change_picture"),
    path("me/picture/remove/", account.remove_picture, name="remove_picture"),
    path("me/agency/", account.request_agency, name="request_agency"),
    path("me/second-factor/", account.second_factor, name="second_factor"),
    path("people/", directory.people, name="people"),
    path("people/accounts/", account.accounts, name="accounts"),
    path("people/accounts/invite/", account.invite, name="invite"),
    path("people/<slug:handle>/", directory.person, name="person"),
    path("people/<slug:handle>/account/", account.account, name="account"),
    path("people/<slug:handle>/picture/<slug:size>/", directory.picture, name="picture"),
    path("agencies/", directory.agencies, name="agencies"),
    path("agencies/<slug:slug>/", directory.agency, name="agency"),
]
