"""The arguments that Slack documents for each method that the sandbox knows; `token` is always one of them."""

ARGUMENTS: dict[str, str] = {
    "api.test": "error",
    "auth.test": "",
    "apps.connections.open": "",
    "chat.postMessage": (
        "as_user attachments blocks channel current_draft_last_updated_ts icon_emoji icon_url link_names markdown_text "
        "metadata mrkdwn parse reply_broadcast text thread_ts unfurl_links unfurl_media username"
    ),
    "chat.postEphemeral": (
        "as_user attachments blocks channel icon_emoji icon_url link_names "
        "markdown_text metadata parse text thread_ts user username"
    ),
    "chat.update": (
        "as_user attachments blocks channel file_ids link_names "
        "markdown_text metadata parse reply_broadcast text ts unfurled_attachments"
    ),
    "chat.delete": "as_user channel ts",
    "chat.getPermalink": "channel message_ts",
    "conversations.open": "channel prevent_creation return_im users",
    "conversations.info": "channel include_locale include_num_members",
    "conversations.list": "cursor exclude_archived limit team_id types",
    "conversations.members": "channel cursor limit",
    "conversations.history": "channel cursor include_all_metadata inclusive latest limit oldest",
    "conversations.replies": "channel cursor include_all_metadata inclusive latest limit oldest ts",
    "conversations.join": "channel",
    "conversations.create": "is_private name team_id",
    "conversations.invite": "channel force users",
    "users.info": "include_locale user",
    "users.list": "cursor include_locale limit team_id",
    "usergroups.list": "include_count include_disabled include_users team_id",
    "usergroups.users.list": "include_disabled team_id usergroup",
    "views.open": "interactivity_pointer trigger_id view",
    "views.push": "interactivity_pointer trigger_id view",
    "views.update": "external_id hash view view_id",
    "views.publish": "hash interactivity_pointer user_id view",
    "files.getUploadURLExternal": "alt_txt filename length snippet_type",
    "files.completeUploadExternal": (
        "blocks channel_id channels files icon_emoji icon_url initial_comment thread_ts username"
    ),
    "files.info": "count cursor file limit page",
    "functions.completeSuccess": "function_execution_id outputs",
    "functions.completeError": "error function_execution_id",
}

REQUIRED: dict[str, str] = {
    "chat.postMessage": "channel",
    "chat.postEphemeral": "user channel",
    "chat.update": "ts channel",
    "chat.delete": "ts channel",
    "chat.getPermalink": "channel message_ts",
    "conversations.info": "channel",
    "conversations.members": "channel",
    "conversations.history": "channel",
    "conversations.replies": "channel ts",
    "conversations.join": "channel",
    "conversations.create": "name",
    "conversations.invite": "channel users",
    "users.info": "user",
    "functions.completeSuccess": "function_execution_id outputs",
    "functions.completeError": "function_execution_id error",
    "usergroups.users.list": "usergroup",
    "views.open": "view",
    "views.push": "view",
    "views.update": "view",
    "views.publish": "user_id view",
    "files.getUploadURLExternal": "length filename",
    "files.completeUploadExternal": "files",
    "files.info": "file",
}
