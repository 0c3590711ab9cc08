/**
 * What a client may send, method by method. `npm run slack:schemas` turns these types, and so the typings of
 * @slack/web-api, into `requests.schema.json`; every request is checked against that.
 */
import type {
  AppsUninstallArguments,
  AssistantThreadsSetStatusArguments,
  AssistantThreadsSetSuggestedPromptsArguments,
  AssistantThreadsSetTitleArguments,
  BookmarksAddArguments,
  BookmarksListArguments,
  BookmarksRemoveArguments,
  ChatAppendStreamArguments,
  ChatDeleteArguments,
  ChatGetPermalinkArguments,
  ChatPostEphemeralArguments,
  ChatPostMessageArguments,
  ChatStartStreamArguments,
  ChatStopStreamArguments,
  ChatUpdateArguments,
  ConversationsHistoryArguments,
  ConversationsInfoArguments,
  ConversationsJoinArguments,
  ConversationsMembersArguments,
  ConversationsOpenArguments,
  ConversationsRepliesArguments,
  FilesCompleteUploadExternalArguments,
  FilesGetUploadURLExternalArguments,
  FilesInfoArguments,
  OAuthV2AccessArguments,
  PinsAddArguments,
  PinsListArguments,
  PinsRemoveArguments,
  ReactionsAddArguments,
  ReactionsGetArguments,
  ReactionsRemoveArguments,
  UsergroupsUsersListArguments,
  UsersInfoArguments,
  UsersListArguments,
  ViewsOpenArguments,
  ViewsPublishArguments,
  ViewsPushArguments,
  ViewsUpdateArguments,
} from '@slack/web-api';

interface Token {
  readonly token?: string;
}

interface Page {
  readonly cursor?: string;
  readonly limit?: number;
}

/** Where the typings make the whole argument optional they can't be named; these say the same. */
export interface Requests {
  'apps.connections.open': Token;
  'apps.uninstall': AppsUninstallArguments;
  'assistant.threads.setStatus': AssistantThreadsSetStatusArguments;
  'assistant.threads.setSuggestedPrompts': AssistantThreadsSetSuggestedPromptsArguments;
  'assistant.threads.setTitle': AssistantThreadsSetTitleArguments;
  'auth.revoke': Token & { readonly test?: boolean };
  'auth.test': Token;
  'bookmarks.add': BookmarksAddArguments;
  'bookmarks.list': BookmarksListArguments;
  'bookmarks.remove': BookmarksRemoveArguments;
  'bots.info': Token & { readonly bot?: string };
  'chat.appendStream': ChatAppendStreamArguments;
  'chat.delete': ChatDeleteArguments;
  'chat.getPermalink': ChatGetPermalinkArguments;
  'chat.postEphemeral': ChatPostEphemeralArguments;
  'chat.postMessage': ChatPostMessageArguments;
  'chat.startStream': ChatStartStreamArguments;
  'chat.stopStream': ChatStopStreamArguments;
  'chat.update': ChatUpdateArguments;
  'conversations.history': ConversationsHistoryArguments;
  'conversations.info': ConversationsInfoArguments;
  'conversations.join': ConversationsJoinArguments;
  'conversations.list': Token & Page & { readonly exclude_archived?: boolean; readonly types?: string };
  'conversations.members': ConversationsMembersArguments;
  'conversations.open': ConversationsOpenArguments;
  'conversations.replies': ConversationsRepliesArguments;
  'files.completeUploadExternal': FilesCompleteUploadExternalArguments;
  'files.getUploadURLExternal': FilesGetUploadURLExternalArguments;
  'files.info': FilesInfoArguments;
  'oauth.v2.access': OAuthV2AccessArguments;
  'pins.add': PinsAddArguments;
  'pins.list': PinsListArguments;
  'pins.remove': PinsRemoveArguments;
  'reactions.add': ReactionsAddArguments;
  'reactions.get': ReactionsGetArguments;
  'reactions.remove': ReactionsRemoveArguments;
  'team.info': Token & { readonly domain?: string; readonly team?: string };
  'usergroups.list': Token & {
    readonly include_count?: boolean;
    readonly include_disabled?: boolean;
    readonly include_users?: boolean;
  };
  'usergroups.users.list': UsergroupsUsersListArguments;
  'users.info': UsersInfoArguments;
  'users.list': UsersListArguments;
  'views.open': ViewsOpenArguments;
  'views.publish': ViewsPublishArguments;
  'views.push': ViewsPushArguments;
  'views.update': ViewsUpdateArguments;
}
