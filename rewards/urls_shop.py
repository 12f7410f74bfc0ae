"""Addresses of the shop, of one's redemptions, and of the desk. MFA_PATHS guards what begins with rewards/desk/."""

from django.urls import path

from rewards.views import catalogue, desk, shop

urlpatterns = [
    path("rewards/", shop.rewards, name="shop"),
    path("rewards/<key:pk>/", shop.reward, name="reward"),
    path("rewards/<key:pk>/picture/", shop.picture, name="picture"),
    path("me/rewards/", shop.redemptions, name="redemptions"),
    path("me/rewards/<key:pk>/", shop.redemption, name="redemption"),
    path("me/rewards/<key:pk>/cancel/", shop.cancel_redemption, name="cancel"),
    path("me/rewards/<key:pk>/receipt/", shop.receipt, name="receipt"),
    path("rewards/desk/", desk.queue, name="desk"),
    path("rewards/desk/csv/", desk.queue_csv, name="desk_csv"),
    path("rewards/desk/many/", desk.many, name="desk_many"),
    path("rewards/desk/code/", desk.code, name="desk_code"),
    path("rewards/desk/code/<str:text>/", desk.scan, name="desk_scan"),
    path("rewards/desk/<key:pk>/", desk.one, name="desk_redemption"),
    path("rewards/desk/<key:pk>/approve/", desk.decide, {"act": "approve"}, name="desk_approve"),
    path("rewards/desk/<key:pk>/ready/", desk.decide, {"act": "ready"}, name="desk_ready"),
    path("rewards/desk/<key:pk>/decline/", desk.decline, name="desk_decline"),
    path("rewards/desk/<key:pk>/hand-over/", desk.hand_over, name="desk_hand_over"),
    path("rewards/desk/rewards/", catalogue.rewards, name="desk_rewards"),
    path("rewards/desk/rewards/new/", catalogue.reward, name="desk_new_reward"),
    path("rewards/desk/rewards/<key:pk>/", catalogue.reward, name="desk_reward"),
    path("rewards/desk/rewards/<key:pk>/state/<slug:value>/", catalogue.state, name="desk_state"),
    path("rewards/desk/rewards/<key:pk>/stock/", catalogue.stock, name="desk_stock"),
    path("rewards/desk/rewards/<key:pk>/stock/csv/", catalogue.stock_csv, name="desk_stock_csv"),
    path("rewards/desk/rewards/<key:pk>/stock/receive/", catalogue.receive, name="desk_receive"),
    path("rewards/desk/rewards/<key:pk>/stock/correct/", catalogue.correct, name="desk_correct"),
    path("rewards/desk/rewards/<key:pk>/stock/vouchers/", catalogue.vouchers, name="desk_vouchers"),
    path("rewards/desk/vouchers/<key:pk>/withdraw/", catalogue.withdraw, name="desk_withdraw"),
]
