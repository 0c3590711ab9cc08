/**
 * What a client may send, route by route. `npm run discord:schemas` turns these types, and so the typings of
 * discord-api-types, into `requests.schema.json`; every request is checked against that.
 */
import type {
  GatewaySendPayload,
  RESTGetAPIApplicationCommandsQuery,
  RESTGetAPIChannelMessageReactionUsersQuery,
  RESTGetAPIChannelMessagesQuery,
  RESTGetAPIChannelThreadMemberQuery,
  RESTGetAPIChannelThreadMembersQuery,
  RESTGetAPIChannelThreadsArchivedQuery,
  RESTGetAPICurrentUserGuildsQuery,
  RESTGetAPIGuildMembersQuery,
  RESTGetAPIGuildQuery,
  RESTGetAPIPollAnswerVotersQuery,
  RESTGetAPIWebhookWithTokenMessageQuery,
  RESTPatchAPIApplicationEmojiJSONBody,
  RESTPatchAPIChannelJSONBody,
  RESTPatchAPIChannelMessageJSONBody,
  RESTPatchAPICurrentGuildMemberJSONBody,
  RESTPatchAPICurrentUserJSONBody,
  RESTPatchAPIWebhookJSONBody,
  RESTPatchAPIWebhookWithTokenJSONBody,
  RESTPatchAPIWebhookWithTokenMessageJSONBody,
  RESTPatchAPIWebhookWithTokenMessageQuery,
  RESTPostAPIApplicationCommandsJSONBody,
  RESTPostAPIApplicationEmojiJSONBody,
  RESTPostAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessagesThreadsJSONBody,
  RESTPostAPIChannelThreadsJSONBody,
  RESTPostAPIChannelWebhookJSONBody,
  RESTPostAPICurrentUserCreateDMChannelJSONBody,
  RESTPostAPIGuildForumThreadsJSONBody,
  RESTPostAPIInteractionCallbackJSONBody,
  RESTPostAPIInteractionCallbackQuery,
  RESTPostAPIWebhookWithTokenJSONBody,
  RESTPostAPIWebhookWithTokenQuery,
  RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';

export interface Bodies {
  'PATCH /users/@me': RESTPatchAPICurrentUserJSONBody;
  'POST /users/@me/channels': RESTPostAPICurrentUserCreateDMChannelJSONBody;
  'PATCH /guilds/:guild/members/@me': RESTPatchAPICurrentGuildMemberJSONBody;
  'PATCH /channels/:channel': RESTPatchAPIChannelJSONBody;
  'POST /channels/:channel/messages': RESTPostAPIChannelMessageJSONBody;
  'PATCH /channels/:channel/messages/:message': RESTPatchAPIChannelMessageJSONBody;
  'POST /channels/:channel/threads': RESTPostAPIGuildForumThreadsJSONBody | RESTPostAPIChannelThreadsJSONBody;
  'POST /channels/:channel/messages/:message/threads': RESTPostAPIChannelMessagesThreadsJSONBody;
  'POST /channels/:channel/webhooks': RESTPostAPIChannelWebhookJSONBody;
  'PATCH /webhooks/:webhook': RESTPatchAPIWebhookJSONBody;
  'PATCH /webhooks/:webhook/:token': RESTPatchAPIWebhookWithTokenJSONBody;
  'POST /webhooks/:webhook/:token': RESTPostAPIWebhookWithTokenJSONBody;
  'PATCH /webhooks/:webhook/:token/messages/:message': RESTPatchAPIWebhookWithTokenMessageJSONBody;
  'POST /applications/:application/commands': RESTPostAPIApplicationCommandsJSONBody;
  'PUT /applications/:application/commands': RESTPutAPIApplicationCommandsJSONBody;
  'POST /applications/:application/guilds/:guild/commands': RESTPostAPIApplicationCommandsJSONBody;
  'PUT /applications/:application/guilds/:guild/commands': RESTPutAPIApplicationCommandsJSONBody;
  'POST /applications/:application/emojis': RESTPostAPIApplicationEmojiJSONBody;
  'PATCH /applications/:application/emojis/:emoji': RESTPatchAPIApplicationEmojiJSONBody;
  'POST /interactions/:interaction/:token/callback': RESTPostAPIInteractionCallbackJSONBody;
  /** Not a route: what a client says on the gateway. */
  'SEND gateway': GatewaySendPayload;
}

export interface Queries {
  'GET /users/@me/guilds': RESTGetAPICurrentUserGuildsQuery;
  'GET /guilds/:guild': RESTGetAPIGuildQuery;
  'GET /guilds/:guild/members': RESTGetAPIGuildMembersQuery;
  'GET /channels/:channel/messages': RESTGetAPIChannelMessagesQuery;
  'GET /channels/:channel/messages/:message/reactions/:emoji': RESTGetAPIChannelMessageReactionUsersQuery;
  'GET /channels/:channel/polls/:message/answers/:answer': RESTGetAPIPollAnswerVotersQuery;
  'GET /channels/:channel/threads/archived/public': RESTGetAPIChannelThreadsArchivedQuery;
  'GET /channels/:channel/thread-members': RESTGetAPIChannelThreadMembersQuery;
  'GET /channels/:channel/thread-members/:user': RESTGetAPIChannelThreadMemberQuery;
  'POST /webhooks/:webhook/:token': RESTPostAPIWebhookWithTokenQuery;
  'GET /webhooks/:webhook/:token/messages/:message': RESTGetAPIWebhookWithTokenMessageQuery;
  'PATCH /webhooks/:webhook/:token/messages/:message': RESTPatchAPIWebhookWithTokenMessageQuery;
  'DELETE /webhooks/:webhook/:token/messages/:message': RESTGetAPIWebhookWithTokenMessageQuery;
  'GET /applications/:application/commands': RESTGetAPIApplicationCommandsQuery;
  'GET /applications/:application/guilds/:guild/commands': RESTGetAPIApplicationCommandsQuery;
  'POST /interactions/:interaction/:token/callback': RESTPostAPIInteractionCallbackQuery;
}
