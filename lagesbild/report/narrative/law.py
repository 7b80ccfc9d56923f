"""Sentences about the assignment: what the law asks, what a pledge is, where in the work the paper stands."""

from __future__ import annotations

LAW = (
    "Lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete gäller sedan den 1 juli 2023. Enligt 4 § ska kommunen "
    "ta fram en lägesbild över brottsligheten inom kommunens geografiska område. Den ska innehålla en kartläggning av "
    "brottsligheten, dess omfattning och konsekvenser, annan information av betydelse och en analys av det som har samlats in."
)
RHYTHM = (
    "Ur lägesbilden beslutar kommunen om en åtgärdsplan. Båda följs upp och uppdateras vid behov, minst vartannat år. En årlig "
    "lägesbild är alltså tätare än lagen kräver."
)
MATTERS = (
    "Lagen handlar om brottslighet. Trygghet, ordningsstörningar och det som personal och invånare berättar kommer in som "
    "annan information av betydelse."
)
PLEDGE = (
    "Kommun och polis samarbetar enligt en överenskommelse. Medborgarlöftet är den del som invånarna får se: vad parterna "
    "lovar att göra, och vad som sedan blev gjort. Rapporten är ett underlag för att välja vad löftet handlar om."
)
STEPS = (
    "Handboken från Brå, Polisen och SKR beskriver fem steg: initiera, egna förberedelser, gemensamma förberedelser, "
    "genomförande och uppföljning. Rapporten hör till det tredje steget: parterna lägger ihop sina bilder, prioriterar och gör "
    "en orsaksanalys."
)
NOT_HERE = (
    "Åtgärdsplanen, överenskommelsen och bedömningen av resurser finns inte i rapporten. De görs av människor, efter den."
)
SOURCES = (
    "Källor: lagen (2023:196) och prop. 2022/23:43; Brå, stödet till kommuner om lägesbild och uppföljning minst vartannat år; "
    "Samverkan i lokalt brottsförebyggande arbete (Brå, Polisen, SKR)."
)

#: What 4 § asks for -> the chapters that answer it.
ASKED = (
    ("Kartläggning: omfattning", "Den samlade problembilden, ett kapitel per högt placerat område, Övriga områden"),
    ("Kartläggning: konsekvenser", "Trygghet, Näringsliv, Antal och allvar; mäts bara till en del"),
    ("Annan information av betydelse", "EST, enkäter och dialoger i varje områdes kapitel, Kommunen i korthet"),
    ("Analys", "Den samlade problembilden, Underlag för orsaksanalys, Hur känslig är ordningen?"),
    ("Uppföljning", "Tidigare löften, Vad parterna har beslutat"),
)
