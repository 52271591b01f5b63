// The shortcodes that bots and people use most; any other is shown as it was written.
const EMOJI: Record<string, string> = Object.fromEntries(
  `white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ warning ⚠️
rotating_light 🚨 fire 🔥 boom 💥 bug 🐛 construction 🚧 no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑
hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️ alarm_clock ⏰ clock1 🕐 watch ⌚ calendar 📆 date 📅
rocket 🚀 tada 🎉 confetti_ball 🎊 sparkles ✨ star ⭐ star2 🌟 zap ⚡ trophy 🏆 medal 🏅 gift 🎁 balloon 🎈
ship 🚢 boat ⛵ sailboat ⛵ anchor ⚓ construction_worker 👷 hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ toolbox 🧰
package 📦 whale 🐳 whale2 🐋 cloud ☁️ sun_with_face 🌞 sunny ☀️ rainbow 🌈 snowflake ❄️ droplet 💧 ocean 🌊
globe_with_meridians 🌐 earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 satellite 🛰️ house 🏠 office 🏢 factory 🏭
lock 🔒 unlock 🔓 closed_lock_with_key 🔐 key 🔑 shield 🛡️ link 🔗 pushpin 📌 round_pushpin 📍 paperclip 📎
bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬 thought_balloon 💭 envelope ✉️ email 📧 inbox_tray 📥 outbox_tray 📤
mag 🔍 mag_right 🔎 eyes 👀 bulb 💡 memo 📝 pencil ✏️ pencil2 ✏️ book 📖 books 📚 bookmark 🔖 clipboard 📋 page_facing_up 📄
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 file_folder 📁 open_file_folder 📂 wastebasket 🗑️ floppy_disk 💾 computer 💻 desktop_computer 🖥️
recycle ♻️ arrows_counterclockwise 🔄 repeat 🔁 leftwards_arrow_with_hook ↩️ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_forward ▶️ fast_forward ⏩ back 🔙 soon 🔜
double_vertical_bar ⏸️ pause_button ⏸️ black_square_for_stop ⏹️ stop_button ⏹️ heavy_plus_sign ➕ heavy_minus_sign ➖ heavy_multiplication_x ✖️ question ❓ grey_question ❔ exclamation ❗ bangbang ‼️ information_source ℹ️ heavy_exclamation_mark ❗
white_circle ⚪ black_circle ⚫ red_circle 🔴 large_blue_circle 🔵 blue_circle 🔵 green_circle 🟢 large_green_circle 🟢 yellow_circle 🟡 large_yellow_circle 🟡 orange_circle 🟠 large_orange_circle 🟠 purple_circle 🟣 large_green_square 🟩 large_red_square 🟥 white_large_square ⬜ black_large_square ⬛ small_blue_diamond 🔹 small_orange_diamond 🔸
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ 100 💯 hash #️⃣ new 🆕 ok 🆗 up 🆙 free 🆓 sos 🆘
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 clap 👏 raised_hands 🙌 pray 🙏 wave 👋 point_right 👉 point_left 👈 point_up ☝️ point_down 👇 muscle 💪 handshake 🤝 raised_hand ✋ crossed_fingers 🤞
smile 😄 smiley 😃 grinning 😀 grin 😁 joy 😂 rofl 🤣 wink 😉 blush 😊 slightly_smiling_face 🙂 upside_down_face 🙃 heart_eyes 😍 sunglasses 😎 thinking_face 🤔 neutral_face 😐 sweat_smile 😅 cry 😢 sob 😭 scream 😱 rage 😡 sleeping 😴 zzz 💤 partying_face 🥳 face_with_monocle 🧐 exploding_head 🤯 skull 💀 robot_face 🤖 ghost 👻 see_no_evil 🙈
heart ❤️ green_heart 💚 blue_heart 💙 yellow_heart 💛 broken_heart 💔 coffee ☕ beer 🍺 beers 🍻 pizza 🍕 cake 🍰 champagne 🍾 seedling 🌱 evergreen_tree 🌲 four_leaf_clover 🍀 bee 🐝 penguin 🐧 cat 🐱 dog 🐶 octopus 🐙 crystal_ball 🔮 test_tube 🧪 microscope 🔬 telescope 🔭 checkered_flag 🏁 triangular_flag_on_post 🚩 label 🏷️ moneybag 💰 credit_card 💳 traffic_light 🚦 vertical_traffic_light 🚦 hospital 🏥 ambulance 🚑 fire_engine 🚒 fire_extinguisher 🧯 adhesive_bandage 🩹 bust_in_silhouette 👤 busts_in_silhouette 👥 technologist 🧑‍💻`
    .matchAll(/(\S+) (\S+)/g)
    .map(([, name = "", character = ""]): [string, string] => [name, character]),
);

/** The character of a shortcode, without its colons. */
export function emoji(name: string): string | undefined {
  return EMOJI[name.replace(/::skin-tone-\d$/, "")];
}

/** Shortcodes that begin so, for completion. */
export function emojiNames(beginning: string): string[] {
  return Object.keys(EMOJI).filter((name) => name.startsWith(beginning));
}
