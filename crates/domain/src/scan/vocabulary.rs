//! The vocabulary of the scanner, English and Italian: lower-case, without accents; an apostrophe divides words.
//!
//! A term is a word or several joined by `_`; a `*` ends the beginning of a word, and alone it is any word. Terms stand
//! in one string per concept, which is less code than a table of each. `@` stands before somebody's name, `percent` for
//! its sign. Words of eight letters or more are also known with one slip of the pen.

/// The terms of a string.
pub(super) fn terms(of: &'static str) -> impl Iterator<Item = &'static str> {
    of.split_ascii_whitespace()
}

/// Ways to pay, and details of an account, whose name alone is enough. Compared without blanks.
pub(super) const SERVICES: &str = "\
    venmo vemno vnmo venmoo zelle zell zele cashapp cashap cashtag paypalme paypaldotme paypalpuntome moneygram \
    westernunion bonifico bonifici bonificare bonificami bonificarmi giroconto iban postepay postapay satispay bizum \
    paylib bancomatpay etransfer revolut revolutme venmocom wisecom stripecom wiretransfer wiretransfers banktransfer \
    banktransfers bankwire sepa swiftcode sortcode routingnumber accountnumber accountholder payoneer skrill neteller \
    paysafecard transferwise worldremit remitly buddybank applecash directdeposit moneyorder cashierscheck mtcn cvv \
    cvc cvv2 usdt usdc trc20 erc20 metamask coinbase binance giftcardcodes n26 monzo gumroad mercadopago gcash mpesa \
    payconiq tikkie paytm bkash cheque cheques zel beneficiary beneficiario bacs bunq alipay phonepe tinaba flowe \
    sisalpay giropay";

/// WhatsApp, as people write and hear it.
pub(super) const WHATSAPP: &str = "\
    whatsapp whatsap watsapp watsap wassap wassapp wapp wazzap uozzap uazzap vozzap wpp wzp wazap wozzap uotsap \
    uatsap wattsapp vatsap";

/// Phrases that offer another way to pay.
pub(super) const PAYMENT_PHRASES: &str = "\
    pay_outside outside_this_chat off_platform off_app off_the_app off_the_platform off_instagram leave_the_app \
    leave_instagram fuori_da_qui senza_passare_dall_app senza_passare_per_l_app senza_commissioni off_the_books \
    pay_into_my bank_details bank_info wire_me wire_the_money by_wire send_the_money_to send_money_to \
    send_me_the_money pagamento_diretto coordinate_bancarie numero_di_conto conto_corrente ti_mando_le_coordinate \
    ti_do_le_coordinate mandami_i_soldi your_card_number numero_della_tua_carta google_pay_me paypal_amici \
    goods_and_services beni_e_servizi pay_cash in_contanti for_a_wire do_a_wire acct_details personal_check \
    by_transfer banking_details tramite_banca via_banca wire_details assegno_circolare causale take_this_private \
    by_bank through_my_bank take_checks paypal_friends make_the_transfer made_out_to sending_to_a_friend \
    vaglia_postale cash_only solo_contanti wire_you ach_transfer certified_check bank_check bank_draft un_assegno \
    account_and_routing what_bank paypal_but_friends family_option select_goods paypal_invoice in_gift_cards \
    with_gift_cards your_card_details dati_della_carta no_middleman senza_intermediari facciamo_fuori do_this_outside \
    fuori_di_qua a_che_conto sottobanco sotto_banco goods_n_services personal_checks postal_order faster_payments \
    last_three_digits ultime_tre_cifre bollettino goods_services the_account_info razer_gold via_check \
    le_mie_coordinate un_vaglia cash_in_an your_swift payable_to assegno_intestato un_versamento otp read_me_the_code \
    leggimi_il_codice fai_*_ricarica share_your_phone stripe_link square_invoice link_stripe qr_to_pay \
    this_link_to_pay questo_link_per can_wire_to d_wire_it di_mezzo sumup twint mobilepay quickpay checks_are_fine \
    checks_fine";

/// Phrases that lead into another messenger.
pub(super) const MESSENGER_PHRASES: &str = "\
    wa_me on_wa su_wa my_email_is my_gmail mia_gmail can_i_call_you hop_on_a_call posso_chiamarti chiamami_su \
    scrivimi_al scrivimi_via_mail mandami_una_mail la_mia_mail_e swap_numbers exchange_numbers trade_numbers \
    scambiamoci_*_numer* scambiamoci_*_contatt* call_or_text text_or_call hai_wa best_number_for *_at_gmail \
    *_at_hotmail *_at_yahoo can_i_email_you il_mio_insta fb_me line_id wechat_id skype_id do_a_call fare_una_chiamata \
    video_call videochiamata contact_number un_wa my_tele my_wa che_numero_hai signal_me w_app";

/// Words that announce a telephone number.
pub(super) const PHONE_PHRASES: &str = "\
    call_me text_me text_us call_us phone_me ring_me whatsapp my_number my_num my_cell my_mobile my_phone this_number \
    telefono tel cell cel cellulare chiamami chiamaci chiama_il chiami_il mio_numero al_numero mio_num mio_cel \
    scrivimi_al recapito sms imessage a_text a_call call_or_text text_or_call chiama_quando text_my call_my phone \
    mi_chiami scrivi_a pay_to chiama me_at me_on me_up_on contattami messaggio_al mi_trovi sentiamoci ci_sentiamo \
    scrivermi contattare text call dial chiamare chiamate chiamarmi telefonarmi telefonami";

macro_rules! concepts {
    ($($(#[$doc:meta])* $concept:ident $terms:literal;)*) => {
        /// What a word or a short phrase speaks of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Concept {
            $($(#[$doc])* $concept,)*
        }

        impl Concept {
            /// Every concept with its terms.
            pub(super) const ALL: &'static [(Self, &'static str)] = &[$((Self::$concept, $terms)),*];
        }
    };
}

concepts! {
    /// Paying, also having paid.
    Pay "pay paying paid pays payment settle paga pagami pagare pagarmi pagarlo pagarla pagate paghi paghiamo \
        paghiamoci pagamento pago pagato pagarti payments pagamenti saldare saldami reimburse";
    /// Being about to pay.
    PayUp "pay paying pays settle paga pagami pagare pagarmi pagate paghi paghiamo paghiamoci pagando payment \
        pagamento pagarti payments pagamenti saldare saldami reimburse";
    /// Paying the one who speaks.
    PayMe "pay_me paying_me pay_us pagami pagarmi mi_paga* mi_paghi paghi_me paga_me pagando_me paid_me";
    /// Paying the other one.
    PayYou "pay_you pagarti pagarla ti_pago vi_pago";
    /// An account, or what it is called.
    AccountInfo "my_account_details my_account_number my_acct my_iban mio_conto my_account_info bank_account \
        conto_bancario conto_corrente tuo_conto";
    /// Sending, of money or what stands for it.
    Send "send sending transfer wire shoot forward mand* invia inviami inviare invii girami giri girarmi versa* versi \
        accredit* mettil* trasferisci drop";
    /// Sending to the one who speaks.
    SendMe "send_me shoot_me mandami mandarmi inviami inviarmi girami girarmi mi_giri mi_mandi versami versarmi \
        give_me mi_dai dammi mi_dia mi_lasci";
    /// Money as a thing to hand over.
    Money "money cash funds deposit soldi denaro caparra acconto contanti importo somma amount";
    /// Amounts.
    Currency "euro eur bucks dollars";
    /// What comes back.
    Back "back indietro refund* rimbors* reso return";
    /// Moving money, or paying it in.
    Transfer "transfer trasferisci trasferire trasferimento versamento versare versa versi versate depositi \
        depositare versa* accredit*";
    /// Into an account.
    IntoAccount "to_my_account to_my_*_account to_my_*_s_account to_this_account to_our_account to_my_acct to_my_bank \
        into_my_account into_my_*_account into_my_bank into_my_acct to_my_card sul_conto sul_*_conto al_*_conto \
        su_*_conto sulla_mia_carta to_the_account prepagata to_your_account to_your_bank into_your_account \
        into_your_bank directly_into_your into_our_account into_our_*_account to_our_*_account account_below \
        into_this_account";
    /// Into an account, or in one's profile.
    InAccount "in_my_account in_my_bank nel_mio_conto";
    /// Words of a bank that go with the details of an account.
    Bank "banca bank conto intestato beneficiar* versamento filiale";
    /// Details to send money to.
    Details "dati_per dati_del le_coordinate mie_coordinate my_details estremi intestatario";
    /// Straight from one to the other.
    Direct "direct directly straight diretto direttamente diretti";
    /// Straight to a person.
    DirectToMe "directly_to_me direct_to_me straight_to_me direttamente_a_me directly_to_my straight_to_my \
        direttamente_me direttamente_con_me a_me_direttamente diretto_me diretto_a_me direct_me to_me_straight \
        to_me_directly to_me_direct da_me buy_from_me go_direct";
    /// Straight, but in the app.
    DirectHere "directly_here direct_here straight_here directly_in directly_through directly_on direttamente_qui \
        direttamente_dall direttamente_nell direttamente_in here_directly qui_direttamente with_the_request \
        con_la_richiesta";
    /// In a place that nobody else sees.
    Privately "privately in_private in_privato in_pvt off_the_books between_us between_ourselves you_and_me \
        tra_di_noi fra_di_noi tra_noi fra_noi tra_me_e_te fra_me_e_te io_e_te in_nero sottobanco sotto_banco \
        under_the_table under_the_counter off_the_record da_soli ourselves facciamo_noi just_us";
    /// Out of the app, or only out of doors.
    Outside "outside fuori al_di_fuori";
    /// Out of something, in English.
    OutsideOf "outside_of";
    /// On the side, or only as an extra.
    Aside "a_parte separately on_the_side";
    /// Another way than the one at hand.
    OtherWay "another_way other_way different_way altro_modo altra_maniera altro_metodo alternative alternativ* \
        altri_metodi other_payment other_methods another_option other_option altra_opzione altre_opzioni \
        other_options";
    /// In another place, in no other sense.
    NotHere "not_here not_through non_qui non_da_qui off_here away_from_here not_on_here not_on_the_app not_via \
        not_in_the_app non_tramite non_con_l_app non_dall_app non_attraverso outside_of_this non_usiamo_questo \
        don_t_use_this";
    /// In another place, which may only be another shop.
    Elsewhere "elsewhere altrove somewhere_else da_un_altra_parte";
    /// Ways around something.
    Around "skip bypass bypassing avoid avoiding dodge dodging circumvent beat ditch go_around get_around work_around \
        going_around getting_around cut_out away_from evita evitare evitiamo evitando salta saltare saltiamo aggirare \
        aggiriamo bypassare bypassiamo bypassa scavalc* lontano usciamo uscire tagliamo schiviamo lasciamo_fuori \
        spostiamoci_da move_off move_away moving_off";
    /// Getting around together.
    LetsAvoid "let_s_avoid lets_avoid let_s_skip lets_skip evitiamo saltiamo aggiriamo bypassiamo schiviamo";
    /// Doing without something.
    Without "without w_o senza";
    /// Turning something down for both.
    LetsNot "lets_not let_s_not non_usiamo non_passiamo lasciamo_stare lasciamo_perdere non_passare don_t_go_through \
        dont_go_through if_you_don_t_use se_non_usi se_non_usiamo if_we_don_t_use";
    /// Turning something down.
    Refuse "don_t_want dont_want rather_not not_want non_voglio preferisco_non non_mi_va not_go_through ignore forget \
        never_mind no_need not_use not_using don_t_use dont_use instead_of rather_than ignora lascia_stare \
        lascia_perdere non_usare non_serve invece_di al_posto don_t_need dont_need non_uso non_usi non_usate \
        don_t_like dont_like hate never_use can_t_stand not_a_fan non_mi_piace odio non_mi_fido don_t_trust never_do \
        never_take mai don_t_take don_t_do non_prendo non_accetto non_prendiamo non_facciamo non_passo don_t_sell \
        dont_sell non_vendo don_t_pay dont_pay non_pagare don_t_order don_t_buy dont_order dont_buy non_ordinare \
        non_comprare";
    /// Here, in the app.
    Here "here qui da_qui through_here through_the_app dall_app tramite_l_app via_app chat app";
    /// What a payment is protected by, or costs.
    Platform "app platform instagram insta ig checkout site middleman middle_man bottega applicazione piattaforma \
        sito marketplace system sistema this_thing";
    /// What the app costs.
    Fees "fee fees commission commissions commissione commissioni charges spese_dell trattenute percentuale \
        costi_dell trattenuta percentage";
    /// Not paying it.
    NotPay "not_pay don_t_pay dont_pay not_have_to_pay don_t_have_to_pay non_paghi non_paghiamo non_pago non_paga \
        senza_pagare";
    /// The way to pay that this app has.
    Request "request link button payments richiesta tasto bottone pagamento_qui pagamento_dell";
    /// Taking a share.
    Take "take takes taking keep keeps charge charges charging tengono tiene trattengono trattiene prende prendono \
        chiede chiedono mangia give giving regal* dare dai lasciare pago";
    /// A share.
    Share "percent a_cut their_cut per_cento s_cut its_cut their_fee its_fee sua_parte too_much so_much troppo tanto \
        a_big_cut una_fetta my_profit my_margin";
    /// Part of the price, for the buyer.
    NotShare "too_much_time troppo_tempo percent_off percent_di_sconto";
    /// What the app takes.
    Cut "a_cut their_cut trattengono trattiene si_tengono si_tiene charge_me charges_me holds_my ci_perdo i_lose \
        hold_the_funds holds_the_funds hold_funds takes_too_much charge_too_much charges_too_much si_prende \
        si_prendono prende_troppo prendono_troppo";
    /// A bargain between two.
    Deal "deal settle sort do_it do_this sell buy cheaper less discount save saves saving facciamo accordiamo \
        mettiamo sconto meno risparmi* conviene chiudiamo concludiamo vendo tolgo compra compralo compri ordina \
        complete finalize d_accordo vendertelo vendertela comprarlo comprarla possiamo_fare vendere venderti order \
        acquista purchase";
    /// Sparing.
    Save "save saves saving risparmi*";
    /// Coming to terms.
    Agree "deal settle sort_it accordiamo facciamo facciamolo chiudiamo concludiamo arrangiamo do_it do_this complete \
        finalize concludere keep_it keep_this sort_this un_accordo accordiamoci accordarci d_accordo_tra d_accordo_in \
        d_accordo_fuori trattiamo";
    /// Coming to terms, in no other sense.
    Settle "deal settle sort_it accordiamo chiudiamo concludiamo arrangiamo complete finalize concludere finire \
        un_accordo accordiamoci accordarci trattiamo";
    /// A better price.
    Cheaper "cheaper less discount lower better_price sconto meno risparmi* tolgo scontato prezzo_migliore prezzo_piu \
        better_deal better_offer offerta_migliore special_price knock_off take_off prezzo_speciale prezzo_di_favore \
        prezzo_da_amico abbasso scendo levo";
    /// Liking something better.
    Prefer "better prefer rather instead otherwise meglio preferisco piuttosto altrimenti senno invece preferirei";
    /// Liking something better, in one word.
    Better "better prefer rather otherwise meglio preferisco preferirei piuttosto altrimenti senno";
    /// Notes and coins.
    Cash "cash contanti";
    /// Things that are named after cash.
    CashThing "register box drawer flow crop wrap carry clip green till back boxes registers drawers pocket tasca \
        portafoglio wallet cassetta envelopes budget tray sleeve pouch bag purse counter salvadanaio borsa porta \
        envelope";
    /// Where one pays on the spot, and `there`.
    Market "market stall fair bancarella banco mercato mercatino fiera there li";
    /// Bringing something.
    Bring "ti_do ti_porto ti_lascio darti portarti bring porta porti porto ti_mando";
    /// Money on paper.
    Paper "a_check by_check with_check cheque cheques personal_check personal_cheque money_order cashier* un_assegno \
        assegno un_vaglia il_vaglia con_vaglia vaglia_postale vaglia assegni";
    /// A look, not paper.
    Look "a_check_of a_check_on a_check_before a_check_after quality_check";
    /// Being welcome.
    Fine "ok okay fine possible va_bene works instead easier great please would possibile good best easiest only what \
        meglio comodo quello unico is va or vanno";
    /// PayPal.
    Paypal "paypal pay_pal pp paypall";
    /// Being found there.
    FindMe "find_me mi_trovi mi_trovate cercami";
    /// Sending it there.
    SendThere "send_it_there send_there mandali_li mandalo_li mandamel*_li manda_li inviali_li";
    /// Somebody's PayPal.
    MyPaypal "my_paypal my_pp mio_paypal mio_pay_pal my_pay_pal your_paypal your_pp tuo_paypal your_pay_pal \
        suo_paypal";
    /// Details of oneself.
    MyDetails "my_details miei_dati my_paypal mio_paypal";
    /// Where PayPal sends money to.
    Address "email mail e_mail address indirizzo tag username";
    /// Between friends, which PayPal does not protect.
    AsFriends "as_friends as_a_friend as_friend fnf as_family come_amici come_amico ff personal_payment metti_amici \
        scegli_amici usa_amici seleziona_amici only_friends choose_friends use_friends friends_only solo_amici";
    /// Between friends, or given to them.
    ToFriends "to_a_friend to_friends f_f ad_amici ad_amico a_un_amico ad_un_amico tra_amici fra_amici";
    /// A gift, of money when PayPal is near.
    AsGift "as_a_gift as_gift come_regalo";
    /// Giving things.
    Gifting "regalo regali regalare regalato un_regalo";
    /// `Friends and family`, between people or as a choice.
    FriendsFamily "friends_and_family friends_family family_and_friends amici_e_familiari amici_e_parenti \
        amici_familiari amici_parenti amici_e_famiglia f_f friends_n_family friend_and_family friends_fam f_and_f \
        f_n_f amici_e_fam amici_fam family_friends";
    /// Choosing it.
    Choose "mark tick choose select set put make metti scegli seleziona imposta usa segna clicca spunta fai do \
        send_it send_this send_that";
    /// `Friends and family` as a choice and not as people.
    AsFriendsChosen "via_friends by_friends as_friends_and as_friends_family through_friends use_friends \
        using_friends choose_friends select_friends friends_and_family_only friends_family_only \
        friends_and_family_option friends_and_family_mode f_f_only via_f_f by_f_f as_f_f with_f_f use_f_f \
        come_amici_e come_amici_familiari tramite_amici opzione_amici modalita_amici con_amici_e_familiari do_ff \
        use_ff via_ff as_ff by_ff with_ff con_ff";
    /// The choice that PayPal protects.
    Protected "goods_services g_s";
    /// No.
    No "no not without non senza niente";
    /// Crypto currencies: an offer, if not a picture.
    Crypto "bitcoin bitcoins btc ethereum eth crypto criptovalute criptovaluta cripto litecoin dogecoin solana doge";
    /// What it is painted on.
    Motif "mug tazza poster print stampa hoodie shirt t_shirt maglietta felpa logo orange arancione green verde \
        colour color colore paint vernice themed one quella quello disegno sticker adesivo tema";
    /// Where coins are kept.
    Wallet "wallet";
    /// Offering or taking a way to pay.
    Accept "pay paid payment accept accepts accepted take send prefer only works fine ok accetto accetti prendo \
        pagami paga pagamento paghi mandami wallet use usare usi using pagar* how_about va_bene dici_di preferisco \
        do_you_do open_to happy_with andrebbe prendi mandarti dare accettate prendo_solo only_take uso go_with \
        work_with go_by just_do d_need mi_serve fai fare_con mail post write paga* mand* spedi* invia* accett* fammi \
        fare con darti faccio farmi drop_off drop";
    /// Brands whose cards hold money, whatever they are used for.
    PrepaidBrand "itunes steam razer playstation google_play";
    /// Brands of gift cards that are also other things.
    GiftBrand "amazon apple vanilla sephora ebay visa ikea xbox google";
    /// A card to scratch.
    Card "card cards giftcard giftcards voucher vouchers code codes carta carte scheda schede buono buoni ricarica \
        codice codici";
    /// A card that is given.
    GiftCard "gift_card gift_cards giftcard giftcards buono buoni gift_code gift_codes carta_regalo carte_regalo \
        ricarica_amazon voucher vouchers";
    /// Putting money on a card.
    TopUp "top_up load reload ricarica ricaricare ricarichi ricaricami ricaricarmi carica carichi caricare";
    /// The card that it is put on.
    TopUpCard "my_card my_prepaid prepaid_card su_carta la_carta mia_carta una_carta la_mia tabacc* carta_prepagata";
    /// Scratching one.
    Scratch "scratch_the scratch_off gratta grattala grattalo grattale gratti";
    /// What stands under it, or comes by text message.
    Code "code codes codice codici otp pin passcode";
    /// Asking for something to be told.
    Tell "tell send give confirm read forward share what_s whats dimmi mandami mi_dici mi_mandi mi_dai dammi mi_serve \
        mi_servono confermami conferma leggimi girami me_lo_mandi me_lo_giri me_lo_dici me_lo_inoltri me_lo_leggi \
        provide ci_invii mi_invii ci_mandi mi_dia bisogno_del need_the pass_it_to mandamel* giramel* dimmel* \
        passamel* detti che_codice what_code which_code what_does_it che_dice mi_leggi reply risponda rispondi \
        can_i_have type scrivimi qual_e what_is_it dimmelo mandamelo need_it ci_dia ci_dica leggimel*";
    /// How a code comes that proves who somebody is, and what it is said to do.
    ByText "sms by_text via_text text_message you_got you_received your_phone verification verifica ti_e_arrivat* \
        ti_arriva* hai_ricevuto six_digit 6_digit sei_cifre 6_cifre sul_telefono sul_cellulare al_telefono texted \
        le_arriva le_e_arrivat* we_sent ti_ho_mandato ti_arriver* le_arriver* send_you_a_code came arrived popped \
        pop_up should_get ll_get ll_receive will_receive did_you_get sent_you just_received text_you riceverai ricevi \
        dovresti dovrebbe ti_mandano guarda_se arrivato arriver* there_will_be your_phone_for they_send they_sent \
        send_you ti_hanno_mandato ti_hanno_inviato release unlock sblocc* payout";
    /// A payment card.
    PaymentCard "your_card your_debit your_credit tua_carta della_carta la_carta di_carta credit_card debit_card \
        carta_di_credito bank_card carta_bancaria";
    /// Somebody's payment card.
    YourCard "your_card tua_carta your_debit your_credit carta_di_credito credit_card debit_card bancomat bank_card \
        carta_bancaria";
    /// What stands on it.
    CardDetails "three_digits 3_digits tre_numeri tre_cifre 3_numeri 3_cifre numeri_dietro numbers_on digits_on \
        number_on 3_digit three_digit digit_code security_code codice_di_sicurezza";
    /// What is on a card and may also be on something else.
    CardNumber "card_number card_details expiry numero_della_carta numero_di_carta dati_della_carta scadenza_della \
        numeri_della_carta pin_della card_pin security_code codice_di_sicurezza card_no long_number numero_carta \
        numero_*_della_carta";
    /// Pictures.
    Picture "pic pics photo photos picture foto photograph snap scan fotografi* scansion* immagine selfie";
    /// A pretext to look at somebody's papers, and both sides of them.
    Verify "verify verification security confirm sicurezza verificare verifica confermare addebit* charge \
        front_and_back fronte_retro fronte_e_retro davanti_e_dietro both_sides front_back";
    /// Services whose names are also words.
    SoftService "wise western chime hype starling";
    /// The one whose name is also a virtue.
    Wise "wise";
    /// Using one of them.
    Using "via with by through use using got on con usa usi usare su hai tramite per thru";
    /// What goes with using it.
    ServiceTalk "send sending pay money details transfer account tag cheapest works ok instead mand* paga* soldi \
        te_li ti_chiami va_bene conto codice payment payments pagament* hai pago pagar* could_we can_we do_you \
        could_you possiamo paid dati easiest comodo europe estero cambio rate exchange";
    /// Links.
    Link "link";
    /// Signs that a link is not of this app.
    Foreign "not_through my_own my_link my_site my_website mio_link mio_sito mando_io another_site altro_sito \
        different_site receive claim get_paid ricevere incassare instead invece text_you by_text via_sms per_sms";
    /// Getting money.
    Receive "receive claim get_paid ricevere incassare";
    /// Another shop of the same seller.
    OwnSite "my_site my_website my_own_site mio_sito my_etsy my_vinted my_ebay mio_vinted su_vinted on_vinted \
        su_subito my_own_website my_store my_own_shop mio_shop";
    /// No fees.
    NoFees "no_fees no_fee without_fees without_fee fee_free zero_commissioni niente_commissioni zero_fees";
    /// No app.
    NoApp "no_app niente_app no_platform zero_app niente_instagram no_instagram";
    /// Calling something off.
    Cancel "cancel cancelling annulla annulliamo annullo";
    /// Straight, as a bargain.
    Straight "direct diretto";
    /// What belongs inside of the app.
    Inside "refund* rimbors* reso receipt ricevuta request richiesta money_back checkout invoice fattura";
    /// Who brings parcels, and what belongs to them.
    Parcel "courier corriere carrier ups usps dhl fedex brt gls sda driver delivery tracking parcel pacco spedizione \
        shipping ordine order sconto discount ritiro pickup portone door gate dogana customs modulo form check_your \
        inbox spam";
    /// What else a code is for.
    CodeOf "discount sconto tracking spedizione parcel pacco courier corriere pickup ritiro portone door gate locker \
        colour color colore fattura invoice off percent size";
    /// Other messengers.
    Messenger "whatsapp wa wsp telegram tele tg signal wechat viber discord skype snapchat snap facebook fb messenger \
        kik imessage threema facetime hangouts telegramm telgram telegrm";
    /// Another app, another profile.
    OtherApp "another_app other_app un_altra_app altra_app different_app other_account other_profile altro_profilo \
        profilo_personale personal_account main_account backup_account personal_profile";
    /// Moving there.
    ToMessenger "to_signal to_messenger to_wa to_whatsapp to_facebook a_telegram a_whatsapp a_signal";
    /// Other messengers whose names are short or other words.
    ShortMessenger "wa wsp tele signal snap messenger imessage";
    /// Other messengers whose names are no other words.
    PlainMessenger "telegram tg wechat viber discord skype snapchat kik imessage threema facetime hangouts telegramm \
        telgram telegrm wsp";
    /// WhatsApp as a picture.
    Whatsapp "whatsapp";
    /// Being there.
    On "on su via over through tramite thru";
    /// Saying that one is there.
    Presence "i_m im i_am sono siamo we_re usually always active reply faster rispondo sempre attiva attivo \
        look_me_up";
    /// Being there, or having it.
    OnOrMine "on su via over through tramite thru to my mio tuo your use using usa usi con per";
    /// Having one.
    Have "have got hai usi avete";
    /// Preferring one.
    Use "use check only mostly always open uso preferisco meglio solo sempre";
    /// The one who speaks.
    Me "me us";
    /// Being there, as one phrase.
    ByPhone "over_the_phone on_the_phone by_phone by_text by_email via_email via_mail per_telefono al_telefono al_tel \
        per_mail per_email via_sms per_sms tramite_mail tramite_email a_voce";
    /// Ordering.
    OrderVerb "ordinare ordini ordina prenotare prenota book place_your place_the place_an facciamo";
    /// Asking somebody to talk.
    Talk "talk chat speak continue move switch hmu dm_me message_me msg_me text_me write_me write_to_me add_me \
        find_me contact_me hit_me ping_me buzz_me reach_me scrivimi scriverti scriviamoci aggiungimi contattami \
        contattarmi sentiamoci ci_sentiamo sentirci parliamo parlare parliamone continuiamo spostiamoci passiamo \
        cercami mi_trovi ti_scrivo ti_aggiungo ci_spostiamo spostiamo spostarci shoot_me drop_me scriviamo \
        ci_scriviamo ring_me call_me un_messaggio contattare passare continuare scriverci scrivermi get_in_touch jump \
        answer reply respond rispondo rispondi messaggiare chattare";
    /// Writing.
    Write "write text talk chat scriv* parl*";
    /// Somebody's name there.
    SameName "@ same_name same_username same_handle same_user stesso_nome stesso_nick username handle";
    /// What is drawn on things that shops sell.
    Drawn "sticker stickers logo icon icons style themed print mug stile adesivi adesivo stampa green verde";
    /// Somebody's number or address.
    YourContact "your_number your_num your_cell your_phone_number your_mobile your_digits your_email your_e_mail \
        your_mail your_contact a_phone_number tuo_numero tuo_num tuo_cel* tua_mail tua_email tua_e_mail suo_numero \
        vostro_numero sua_mail sua_email tuo_telefono tuo_contatto un_recapito tuo_recapito numero_di_cel* \
        numero_di_telefono recapito_telefonico contatto_telefonico suo_recapito suo_contatto il_suo_numero sua_e_mail \
        a_cell_number a_cell un_cellulare un_cell your_handle contact_details contact_info contact_information \
        dati_di_contatto tuoi_contatti vostri_contatti";
    /// Somebody's telephone number, whatever is said of it.
    YourNumber "your_number your_num your_cell your_phone_number your_mobile your_digits tuo_numero tuo_num tuo_cel* \
        suo_numero suo_cel* vostro_numero tuo_recapito suo_recapito";
    /// Being the first, and other numbers that are none.
    NumberOne "number_one number_1 numero_uno numero_1";
    /// A number or an address, whose ever it is.
    ContactNoun "number numero num cell cellulare mobile recapito email mail e_mail contatto";
    /// Reaching somebody there.
    Reach "reach_you call_you text_you contact_you write_you write_to_you email_you ti_chiamo chiamarti ti_scrivo \
        scriverti ti_contatto contattarti ti_telefono ti_richiamo la_chiamo le_telefono le_scrivo la_contatto \
        chiamarla can_i_text can_i_call i_can_text i_can_call ti_trovo trovarti to_text to_call send_pics send_photos \
        mandarti_le_foto mandarti_foto";
    /// Texting.
    TextWord "text texting";
    /// A number to be given.
    ContactIt "il_numero il_cell* il_tel* la_mail l_email la_email un_contatto un_numero il_contatto il_tuo_n \
        an_email email_address e_mail_address indirizzo_mail indirizzo_email un_email una_mail il_num";
    /// A number of something.
    NumberOf "numero_di numero_del numero_della numero_dell numero_d numero_civico mail_di";
    /// Asking to be given.
    GiveMe "dammi lasciami mandami passami mi_dai mi_lasci mi_passi mi_mandi give_me gimme drop_me leave_me";
    /// Asking for a name in another place.
    WhatsYour "what_s_your whats_your passami dammi qual_e_il_tuo add_my add_me_on";
    /// Other places where people have names.
    Social "snap insta ig fb facebook tg wa discord skype kik insta_personale";
    /// Asking for it.
    AskContact "give gimme drop shoot send share leave what_s whats what_is have need get dammi lasciami mandami \
        passami mi_dai mi_lasci mi_passi mi_mandi avere hai qual_e scambi* serve lasciarmi darmi know tell provide \
        fornire fornirmi indicarmi comunicarmi mi_dia mi_invii sharing lmk pass puoi_dare daresti scrivimi dimmi \
        mandarmi mind grab exchange swap farmi_avere girami mi_giri ci_dia";
    /// One's own number or address.
    MyContact "my_number my_num my_cell my_phone_number my_mobile my_digits my_email my_e_mail my_gmail mio_numero \
        mio_num mio_cel* mia_mail mia_email mia_e_mail mio_contatto mio_recapito my_line my_direct my_contact \
        mio_diretto";
    /// Handing it out.
    GiveContact "here_s heres here_is take save call text ti_do ti_lascio ti_passo ti_mando ecco prendi give_you \
        send_you";
    /// Where letters are kept.
    MailProvider "gmail hotmail googlemail protonmail";
    /// What follows on it in an address.
    MailEnding "dot punto com it";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_term_is_plain_and_stands_once() {
        let lists = [SERVICES, WHATSAPP, PAYMENT_PHRASES, MESSENGER_PHRASES, PHONE_PHRASES];
        for list in lists.into_iter().chain(Concept::ALL.iter().map(|(_, terms)| *terms)) {
            let mut seen = BTreeSet::new();
            for term in terms(list) {
                let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '*' | '@');
                assert!(term.chars().all(is_plain) && !term.starts_with('_') && !term.ends_with('_'), "{term}");
                assert!(seen.insert(term), "{term} twice");
            }
        }
    }
}
