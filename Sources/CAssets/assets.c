/* Written by scripts/embed-assets. */
#include "CAssets.h"

static const unsigned char asset_0[] = {
#embed "../../Assets/common-passwords.txt"
};
static const unsigned char asset_1[] = {
#embed "../../Assets/demonstration/ormeval.json"
};
static const unsigned char asset_2[] = {
#embed "../../Assets/demonstration/republique-numerique.json"
};
static const unsigned char asset_3[] = {
#embed "../../Assets/favicon.svg"
};
static const unsigned char asset_4[] = {
#embed "../../Assets/icons.svg"
};
static const unsigned char asset_5[] = {
#embed "../../Assets/isegoria.css"
};
static const unsigned char asset_6[] = {
#embed "../../Assets/legal/en/accessibility.md"
};
static const unsigned char asset_7[] = {
#embed "../../Assets/legal/en/legal-notice.md"
};
static const unsigned char asset_8[] = {
#embed "../../Assets/legal/en/moderation-charter.md"
};
static const unsigned char asset_9[] = {
#embed "../../Assets/legal/en/privacy.md"
};
static const unsigned char asset_10[] = {
#embed "../../Assets/legal/en/terms.md"
};
static const unsigned char asset_11[] = {
#embed "../../Assets/legal/fr/accessibility.md"
};
static const unsigned char asset_12[] = {
#embed "../../Assets/legal/fr/legal-notice.md"
};
static const unsigned char asset_13[] = {
#embed "../../Assets/legal/fr/moderation-charter.md"
};
static const unsigned char asset_14[] = {
#embed "../../Assets/legal/fr/privacy.md"
};
static const unsigned char asset_15[] = {
#embed "../../Assets/legal/fr/terms.md"
};
static const unsigned char asset_16[] = {
#embed "../../Features/Commons/Arguments/Arguments.sql"
};
static const unsigned char asset_17[] = {
#embed "../../Features/Commons/Authors/Authors.sql"
};
static const unsigned char asset_18[] = {
#embed "../../Features/Commons/Commitments/Commitments.sql"
};
static const unsigned char asset_19[] = {
#embed "../../Features/Commons/Follows/Follows.sql"
};
static const unsigned char asset_20[] = {
#embed "../../Features/Commons/Legal/Legal.sql"
};
static const unsigned char asset_21[] = {
#embed "../../Features/Commons/Moderation/Moderation.sql"
};
static const unsigned char asset_22[] = {
#embed "../../Features/Commons/Notifications/Notifications.sql"
};
static const unsigned char asset_23[] = {
#embed "../../Features/Commons/Organizations/Organizations.sql"
};
static const unsigned char asset_24[] = {
#embed "../../Features/Commons/People/People.sql"
};
static const unsigned char asset_25[] = {
#embed "../../Features/Commons/Permissions/Permissions.sql"
};
static const unsigned char asset_26[] = {
#embed "../../Features/Commons/Resources/Resources.sql"
};
static const unsigned char asset_27[] = {
#embed "../../Features/Commons/Sources/Sources.sql"
};
static const unsigned char asset_28[] = {
#embed "../../Features/Commons/Spaces/Spaces.sql"
};
static const unsigned char asset_29[] = {
#embed "../../Features/Commons/Uploads/Uploads.sql"
};
static const unsigned char asset_30[] = {
#embed "../../Features/Commons/Votes/Votes.sql"
};
static const unsigned char asset_31[] = {
#embed "../../Features/Components/Texts/Texts.sql"
};
static const unsigned char asset_32[] = {
#embed "../../Locales/en.json"
};
static const unsigned char asset_33[] = {
#embed "../../Locales/fr.json"
};

static const struct isegoria_asset assets[] = {
  {"Assets/common-passwords.txt", asset_0, sizeof asset_0},
  {"Assets/demonstration/ormeval.json", asset_1, sizeof asset_1},
  {"Assets/demonstration/republique-numerique.json", asset_2, sizeof asset_2},
  {"Assets/favicon.svg", asset_3, sizeof asset_3},
  {"Assets/icons.svg", asset_4, sizeof asset_4},
  {"Assets/isegoria.css", asset_5, sizeof asset_5},
  {"Assets/legal/en/accessibility.md", asset_6, sizeof asset_6},
  {"Assets/legal/en/legal-notice.md", asset_7, sizeof asset_7},
  {"Assets/legal/en/moderation-charter.md", asset_8, sizeof asset_8},
  {"Assets/legal/en/privacy.md", asset_9, sizeof asset_9},
  {"Assets/legal/en/terms.md", asset_10, sizeof asset_10},
  {"Assets/legal/fr/accessibility.md", asset_11, sizeof asset_11},
  {"Assets/legal/fr/legal-notice.md", asset_12, sizeof asset_12},
  {"Assets/legal/fr/moderation-charter.md", asset_13, sizeof asset_13},
  {"Assets/legal/fr/privacy.md", asset_14, sizeof asset_14},
  {"Assets/legal/fr/terms.md", asset_15, sizeof asset_15},
  {"Features/Commons/Arguments/Arguments.sql", asset_16, sizeof asset_16},
  {"Features/Commons/Authors/Authors.sql", asset_17, sizeof asset_17},
  {"Features/Commons/Commitments/Commitments.sql", asset_18, sizeof asset_18},
  {"Features/Commons/Follows/Follows.sql", asset_19, sizeof asset_19},
  {"Features/Commons/Legal/Legal.sql", asset_20, sizeof asset_20},
  {"Features/Commons/Moderation/Moderation.sql", asset_21, sizeof asset_21},
  {"Features/Commons/Notifications/Notifications.sql", asset_22, sizeof asset_22},
  {"Features/Commons/Organizations/Organizations.sql", asset_23, sizeof asset_23},
  {"Features/Commons/People/People.sql", asset_24, sizeof asset_24},
  {"Features/Commons/Permissions/Permissions.sql", asset_25, sizeof asset_25},
  {"Features/Commons/Resources/Resources.sql", asset_26, sizeof asset_26},
  {"Features/Commons/Sources/Sources.sql", asset_27, sizeof asset_27},
  {"Features/Commons/Spaces/Spaces.sql", asset_28, sizeof asset_28},
  {"Features/Commons/Uploads/Uploads.sql", asset_29, sizeof asset_29},
  {"Features/Commons/Votes/Votes.sql", asset_30, sizeof asset_30},
  {"Features/Components/Texts/Texts.sql", asset_31, sizeof asset_31},
  {"Locales/en.json", asset_32, sizeof asset_32},
  {"Locales/fr.json", asset_33, sizeof asset_33},
};

const long isegoria_asset_count = sizeof assets / sizeof *assets;

struct isegoria_asset isegoria_asset(long index) { return assets[index]; }
