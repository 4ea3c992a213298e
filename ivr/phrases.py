"""Every sentence a flow may say. The value is the prompt id of sounds/manifest; numbers come from ivr.speech."""

from enum import StrEnum


class Phrase(StrEnum):
    WELCOME = "welcome"
    NOTICE_RECORDING = "notice_recording"
    VIP_WELCOME = "vip/welcome"
    SENIOR_WELCOME = "senior/welcome"
    MENU_MAIN = "menu/main"
    MENU_BILL = "menu/bill"
    MENU_BILL_RESULT = "menu/bill_result"
    NOT_AVAILABLE = "not_available"

    ASK_NUMBER = "auth/ask_number"
    ASK_PASSWORD = "auth/ask_password"
    AUTH_PASSED = "auth/passed"
    AUTH_WRONG_2 = "auth/wrong_2"
    AUTH_WRONG_1 = "auth/wrong_1"
    AUTH_LOCKED = "auth/locked"

    BILL_NUMBER_INTRO = "bill/number_intro"
    BILL_MONTH_INTRO = "bill/month_intro"
    BILL_MONTH_TOTAL = "bill/month_total"
    BILL_BALANCE_INTRO = "bill/balance_intro"
    BILL_ARREARS_INTRO = "bill/arrears_intro"
    BILL_NO_DATA = "bill/no_data"
    BILLING_DOWN = "bill/billing_down"

    INVALID = "error/invalid"
    NO_INPUT = "error/no_input"
    TOO_MANY = "error/too_many"
    PLEASE_WAIT = "please_wait"
    TO_AGENT = "to_agent"
    GOODBYE = "goodbye"

    SURVEY_ASK = "survey/ask"
    SURVEY_REASON = "survey/reason"
    SURVEY_THANKS = "survey/thanks"

    DUNNING_GREETING = "dunning/greeting_pre"
    DUNNING_CONFIRM = "dunning/confirm"
    DUNNING_OWED_INTRO = "dunning/owed_intro"
    DUNNING_OWED_MONTH = "dunning/owed_month"
    DUNNING_OWED_AMOUNT = "dunning/owed_amount"
    DUNNING_OPTIONS = "dunning/options"
    DUNNING_PROMISE_THANKS = "dunning/promise_thanks"
    DUNNING_CLAIM_PAID = "dunning/claim_paid"
    DUNNING_DISPUTE = "dunning/dispute"
    DUNNING_WRONG_PERSON = "dunning/wrong_person"
    DUNNING_PAID_ALREADY = "dunning/paid_already"
    DUNNING_NEUTRAL = "dunning/neutral"
