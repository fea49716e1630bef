"""Names, goods and sentences for made pictures."""

from random import Random

FIRST = ("Ada", "Ben", "Clara", "David", "Elena", "Farid", "Grace", "Hugo", "Irene", "Jonas", "Keiko", "Liam", "Mara")
LAST = ("Abbott", "Berger", "Castell", "Dunn", "Evans", "Fischer", "Grant", "Holm", "Ivanova", "Jansen", "Keller")
COMPANIES = ("Northwind Tools", "Harbour & Sons", "Blue Finch Studio", "Orchard Supply", "Lumen Works", "Atlas Print")
STREETS = ("Mill Lane", "Station Road", "High Street", "Quay Street", "Park Avenue", "Linden Row", "Church Hill")
TOWNS = ("Bristol", "Leeds", "Dublin", "Norwich", "Cardiff", "Perth", "Galway", "Oxford")
GOODS = (
    "Desk lamp, brushed steel", "Paper A4, 500 sheets", "Cable USB-C, 2 m", "Office chair", "Notebook, ruled",
    "Ink cartridge, black", "Monitor arm", "Whiteboard markers", "Shipping boxes, 20", "Coffee beans, 1 kg",
    "Design review, hours", "Hosting, one month", "Wall shelf, oak", "Keyboard, wireless", "Label printer",
)  # fmt: skip
CHORES = (
    "Call the dentist", "Renew the passport", "Book train tickets", "Water the plants", "Send the contract to Mara",
    "Pick up the parcel", "Back up the laptop", "Plan the team lunch", "Pay the electricity bill", "Order new filters",
    "Reply to the landlord", "Fix the bicycle light", "Buy flour, eggs and milk", "Return the library books",
)  # fmt: skip
SENTENCES = (
    "The delivery arrives on Thursday between nine and eleven.",
    "Please check the numbers in the second table before we print.",
    "Our meeting moves to room 214 on the second floor.",
    "The old bridge stays closed until the end of the month.",
    "Everyone who joined last year receives the same discount.",
    "We measured the garden twice and it is 18.4 metres long.",
    "The parcel weighs 2.6 kg and costs 7.90 to send.",
    "Keep this letter with your contract for at least five years.",
    "The train from platform 6 leaves seven minutes later than planned.",
    "A copy of the report was sent to the office in Leeds.",
    "Rain is expected in the north, clear skies in the south.",
    "The museum shows forty drawings that were thought to be lost.",
    "Turn the key to the left and hold it for three seconds.",
    "All prices include taxes and are valid until 31 March.",
)
CHATTER = (
    "Are you on your way?", "Ten minutes, the bus is late", "I saved you a seat", "Did you bring the charger?",
    "Yes, and the blue folder", "Perfect, thank you!", "Can we move it to 15:30?", "Works for me",
    "See you at the gate", "The code for the door is 4471", "Where did you park?", "Level 2, by the lift",
)  # fmt: skip
SHOPS = ("Green Grocer", "City Transit", "Corner Bakery", "Bookshop Lane", "Power & Water", "Pharmacy 24", "Cinema Rex")
SETTINGS = (
    "Wi-Fi", "Bluetooth", "Mobile data", "Notifications", "Sounds", "Display", "Wallpaper", "Battery", "Storage",
    "Privacy", "Location", "Accounts", "Language", "Date and time", "Software update", "About",
)  # fmt: skip
BRANDS = ("Kestrel", "Parcelio", "Mintleaf", "Northstar", "Tidewater", "Copperline", "Fernwood", "Skylark")
CLAIMS = (
    "Plan your week in minutes", "Invoices that pay themselves", "One inbox for every team",
    "Fresh food, delivered by bicycle", "Learn a language on the train", "Maps for people who walk",
)  # fmt: skip
FEATURES = ("Fast", "Private", "Offline", "Shared", "Simple", "Secure", "Open", "Tested", "Friendly")
PARTS = ("projects", "members", "GB of space", "backups", "guests")
WARES = ("Canvas bag", "Wool scarf", "Ceramic mug", "Oak stool", "Desk clock", "Linen shirt", "Rain jacket", "Tea pot")


def person(dice: Random) -> str:
    """A first and a last name."""
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"


def paragraph(dice: Random, sentences: int) -> str:
    """So many different sentences."""
    return " ".join(dice.sample(SENTENCES, sentences))


def price(dice: Random, most: int = 240) -> float:
    """A price in whole cents."""
    return dice.randint(190, most * 100) / 100


def date(dice: Random) -> str:
    """A day of some year."""
    month = dice.choice(("January", "March", "May", "July", "October"))
    return f"{dice.randint(1, 28)} {month} {dice.randint(2021, 2026)}"
