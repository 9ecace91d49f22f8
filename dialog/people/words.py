"""What roles and actions are called, in words for people."""

from typing import Any, Final

from flask_babel import lazy_gettext

from dialog.people.models import Role

# role: (name, what it may do)
ROLES: Final[dict[Role, tuple[Any, Any]]] = {
    Role.ADMINISTRATOR: (
        lazy_gettext("Administratör"),
        lazy_gettext("Sköter personer, roller, organisation och drift. Ser inga svar."),
    ),
    Role.ANALYST: (
        lazy_gettext("Analytiker"),
        lazy_gettext("Bygger enkäter, håller i omgångar och publicerar skyddade resultat."),
    ),
    Role.APPROVER: (
        lazy_gettext("Godkännare"),
        lazy_gettext("Granskar dataskyddet och godkänner omgångar som någon annan har skrivit."),
    ),
    Role.COMMUNICATOR: (
        lazy_gettext("Kommunikatör"),
        lazy_gettext("Skriver och följer upp rapporter till medarbetarna."),
    ),
    Role.FACILITATOR: (
        lazy_gettext("Samtalsledare"),
        lazy_gettext("Planerar och leder dialogmöten."),
    ),
    Role.SECRETARY: (
        lazy_gettext("Sekreterare"),
        lazy_gettext("Skriver minnesanteckningar och protokoll och för in åtaganden."),
    ),
    Role.REGISTRAR: (
        lazy_gettext("Registrator"),
        lazy_gettext("Registrerar skrivelser och för diariet."),
    ),
    Role.HANDLER: (
        lazy_gettext("Handläggare"),
        lazy_gettext("Svarar på skrivelser och på begäran om utlämnande."),
    ),
    Role.RESEARCHER: (
        lazy_gettext("Forskare"),
        lazy_gettext("Ansöker om och hämtar avidentifierade data."),
    ),
    Role.TRUSTEE: (
        lazy_gettext("Nyckelhållare"),
        lazy_gettext("Håller en av de nycklar som svaren öppnas med."),
    ),
    Role.REVIEWER: (
        lazy_gettext("Textgranskare"),
        lazy_gettext("Läser fritextsvar, döljer det som pekar ut någon och avgör vad som visas."),
    ),
    Role.NEGOTIATOR: (
        lazy_gettext("Förhandlare"),
        lazy_gettext("Företräder arbetsgivaren mot de fackliga organisationerna."),
    ),
}

# The actions of permissions.ACTIONS, as they are read on the page "Vem får göra vad".
ACTIONS: Final[dict[str, Any]] = {
    "page.read": lazy_gettext("Läsa de allmänna sidorna"),
    "session.start": lazy_gettext("Logga in och välja lösenord"),
    "account.own": lazy_gettext("Se och ändra sitt eget konto, och se vad som sparas om en själv"),
    "person.list": lazy_gettext("Söka bland personer och se deras roller"),
    "person.change": lazy_gettext("Lägga till personer, stänga konton och avsluta sessioner"),
    "role.grant": lazy_gettext("Ge och ta bort roller"),
    "organisation.see": lazy_gettext("Se organisationen"),
    "organisation.import": lazy_gettext("Läsa in organisationen från filer"),
    "commitment.see": lazy_gettext("Läsa vad som har lovats och vad det blev av det"),
    "commitment.follow": lazy_gettext("Få mejl när något händer med det som har lovats"),
    "commitment.own": lazy_gettext(
        "Anta och redovisa åtaganden som man ansvarar för, och svara på om det man har lovats är"
        " gjort"
    ),
    "commitment.record": lazy_gettext("Föra in åtaganden, flytta deras dagar och avsluta dem"),
    "survey.list": lazy_gettext("Se listan över enkäter"),
    "survey.see": lazy_gettext("Läsa en enkät och förhandsgranska den"),
    "survey.edit": lazy_gettext("Skriva och ändra enkäter"),
    "round.see": lazy_gettext("Se en omgång och hur långt den har kommit"),
    "round.plan": lazy_gettext("Planera en omgång: urval, tider, skydd och gallring"),
    "round.submit": lazy_gettext("Lämna en omgång för granskning"),
    "round.approve": lazy_gettext("Godkänna en omgång, aldrig en egen"),
    "round.confirm": lazy_gettext(
        "Bekräfta frågorna i en oberoende granskning, som en av lärosätets personer"
    ),
    "round.run": lazy_gettext("Öppna, pausa, förlänga och stänga en omgång"),
    "round.answer": lazy_gettext("Svara på en enkät, om man är inbjuden eller den är öppen"),
    "code.enter": lazy_gettext("Skriva in en kod för att komma till en enkät"),
    "key.hold": lazy_gettext("Göra och använda en nyckel som man är utsedd att hålla"),
    "release.make": lazy_gettext("Publicera resultat"),
    "release.correct": lazy_gettext("Föreslå rättelser av publicerade resultat"),
    "correction.see": lazy_gettext("Läsa föreslagna rättelser av resultat"),
    "correction.approve": lazy_gettext("Avgöra rättelser som någon annan har föreslagit"),
    "release.see": lazy_gettext("Läsa publicerade resultat för regionen och dess förvaltningar"),
    "release.detail": lazy_gettext(
        "Läsa publicerade resultat för sin egen enhet, det den ingår i, och det man är chef för"
    ),
    "release.all": lazy_gettext("Läsa publicerade resultat för alla enheter, och hämta alla filer"),
    "text.review": lazy_gettext("Läsa fritextsvar och avgöra vad som visas av dem"),
    "mandate.own": lazy_gettext("Se sina egna fackliga uppdrag och välja att företräda"),
    "mandate.address": lazy_gettext("Bekräfta en adress med länken i mejlet till den"),
    "body.make": lazy_gettext("Lägga upp fackliga organisationer och grupper"),
    "body.keep": lazy_gettext(
        "Föra in, ändra och avsluta fackliga uppdrag; sekreteraren i sin egen grupp"
    ),
    "body.see": lazy_gettext(
        "Se en grupp och dess fackliga uppdrag; den som företräder någon i gruppen ser den också"
    ),
    "submission.own": lazy_gettext(
        "Skriva, underteckna och lämna in skrivelser för den organisation som man företräder"
    ),
    "submission.send": lazy_gettext(
        "Skriva till myndigheten utan att säga vem man är, och läsa svaret med sin kod"
    ),
    "submission.send_named": lazy_gettext("Skriva till myndigheten i sitt namn"),
    "submission.sign": lazy_gettext(
        "Läsa en skrivelse som den organisation man företräder undertecknar; ingen av"
        " myndighetens roller ser ett utkast"
    ),
    "matter.own": lazy_gettext("Se förhandlingar i de grupper där man företräder"),
    "matter.see": lazy_gettext(
        "Läsa en grupps förhandlingar; den som företräder någon i gruppen läser dem också"
    ),
    "matter.keep": lazy_gettext(
        "Sköta en grupps förhandlingar för arbetsgivaren; sekreteraren i sin egen grupp"
    ),
    "meeting.plan": lazy_gettext("Lägga upp möten, serier av möten och mötesformer"),
    "meeting.run": lazy_gettext(
        "Hålla i ett möte: planera det, kalla till det och leda det; möten med facket dess egna"
        " sekreterare och förhandlarna"
    ),
    "meeting.see": lazy_gettext("Läsa om ett möte som man är kallad till eller håller i"),
    "meeting.own": lazy_gettext("Se sina egna möten och ha dem i sin kalender"),
    "document.own": lazy_gettext("Läsa handlingar, och lämna dem där man får"),
    "receipt.open": lazy_gettext("Läsa svaret på det som man har skickat, med dess nummer och kod"),
    "request.ask": lazy_gettext("Begära ut handlingar, också utan att säga vem man är"),
    "request.handle": lazy_gettext(
        "Pröva handlingar som någon har begärt ut, och svara: den begäran man har fått"
    ),
    "request.locate": lazy_gettext(
        "Se all begäran om handlingar, ta fram handlingarna och välja handläggare"
    ),
    "diary.see": lazy_gettext("Läsa diariet, utom det som inte visas öppet"),
    "diary.keep": lazy_gettext("Öppna ärenden, registrera handlingar och rätta i diariet"),
    "retention.see": lazy_gettext("Läsa gallringsbeslut och listor över det som ska gallras"),
    "retention.keep": lazy_gettext("Föra in gallringsbeslut och lista det som ska gallras"),
    "retention.confirm": lazy_gettext("Godkänna en lista för gallring, som en av två"),
    "submission.incoming": lazy_gettext("Se skrivelser som väntar på diarieföring eller svar"),
    "submission.read": lazy_gettext("Läsa skrivelser som man handlägger eller godkänner svar på"),
    "submission.cut": lazy_gettext("Dela upp egna inskannade buntar i brev"),
    "submission.register": lazy_gettext("Diarieföra skrivelser och tilldela handläggare"),
    "submission.handle": lazy_gettext(
        "Handlägga de skrivelser man har fått: fråga, svara, avsluta"
    ),
    "submission.approve": lazy_gettext("Godkänna svar på skrivelser som någon annan har skrivit"),
    "minutes.own": lazy_gettext("Läsa anteckningar från sina egna möten"),
    "minutes.write": lazy_gettext("Skriva anteckningar från ett möte och skicka ut dem"),
    "minutes.read": lazy_gettext("Läsa anteckningar som är utskickade, och föreslå ändringar"),
    "minutes.attest": lazy_gettext("Justera anteckningar, eller invända mot dem, om man är vald"),
    "meeting.join": lazy_gettext("Gå med i ett möte med dess kod, om mötet är öppet för gäster"),
    "meeting.follow": lazy_gettext(
        "Följa ett möte, ställa frågor och läsa svar: den som är kallad, och gäster"
    ),
    "followup.see": lazy_gettext("Läsa planer för de tre frågorna efter möten"),
    "followup.plan": lazy_gettext("Planera vad som frågas efter möten"),
    "followup.approve": lazy_gettext(
        "Godkänna en plan för frågor efter möten som man inte har arbetat med"
    ),
    "followup.results": lazy_gettext(
        "Se vad som svarades efter ett möte eller en serie (de kallade bara där serien säger det)"
    ),
    "meeting.vote": lazy_gettext("Rösta och stödja frågor i ett möte (med ett pass)"),
    "calendar.feed": lazy_gettext("Hämta en kalender med dess hemliga adress"),
    "programme.make": lazy_gettext(
        "Lägga upp en oberoende granskning och skriva in lärosätets personer"
    ),
    "programme.see": lazy_gettext("Läsa vad som är publicerat i en oberoende granskning"),
    "application.make": lazy_gettext("Ansöka om uppgifter för forskning"),
    "application.list": lazy_gettext("Se listan över ansökningar om uppgifter"),
    "application.see": lazy_gettext(
        "Läsa en ansökan: sin egen, en som man står i, eller som godkännare eller registrator"
    ),
    "application.approve": lazy_gettext(
        "Godkänna eller avslå en ansökan, två personer, aldrig en som man själv står i"
    ),
    "application.register": lazy_gettext("Skriva in en ansökans nummer i diariet"),
    "data.prepare": lazy_gettext(
        "Göra en omgång klar för forskare att ansöka om; i en oberoende granskning lärosätets"
        " personer"
    ),
    "export.see": lazy_gettext("Se alla uttag som har gjorts för forskning"),
    "mail.read": lazy_gettext("Läsa mejl som skickas under utveckling och demo"),
    "bounce.see": lazy_gettext("Se adresser som inbjudningar inte kom fram till"),
    "duty.see": lazy_gettext("Se uppgifter i bakgrunden som har misslyckats"),
}


def role_name(role: Role) -> str:
    return str(ROLES[role][0])
