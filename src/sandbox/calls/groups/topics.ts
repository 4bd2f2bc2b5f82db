import { Refusal } from '../../requestBody';
import type { Group, Topic } from '../../store/groups/groups';
import { field, seconds, type Call } from '../call';
import { described } from '../described';
import {
  checkGroupAccount,
  GROUP_CODES,
  groupIdOf,
  groupOf,
  optionalText,
  optionalTexts,
  requiredText,
} from './groupFields';
import { askForTopic, tellTopic } from './groupEvents';
import { newId } from './newId';
import { picked } from './groupInfo';

/** The group is no community with topics. */
const NO_TOPICS = 11_000;
const NO_TOPIC = 110_003;
const TAKEN = 10_025;

/** `million_group_open_http_svc/get_topic` (1047/49469): each topic has its own code. */
export const getTopic: Call = {
  ...described('million_group_open_http_svc/get_topic'),
  run(body, context) {
    const id = groupIdOf(body);
    requiredText(body, 'From_Account');
    const wanted = optionalTexts(body, 'TopicIdList');
    const filter = optionalTexts(body, 'ResponseFilter');
    const { topics } = communityOf(groupOf(context, id));
    const items = (wanted ?? [...topics.keys()]).map((topicId) => {
      const topic = topics.get(topicId);
      if (!topic)
        return { ErrorCode: NO_TOPIC, ErrorInfo: 'the topic was deleted', TopicInfo: { TopicId: topicId } };
      return {
        ErrorCode: 0,
        ErrorInfo: 'ok',
        SelfInfo: { ShutUpTime: 0, MsgSeq: 0, MsgFlag: 'AcceptAndNotify' },
        TopicInfo: { GroupID: id, TopicId: topicId, ...picked(topicInfo(topic), filter) },
      };
    });
    return { info: 'ok', fields: field('TopicAndSelfInfo', items) };
  },
};

/** `million_group_open_http_svc/create_topic` (1047/49471). A TopicId of one's own begins with that of the group. */
export const createTopic: Call = {
  ...described('million_group_open_http_svc/create_topic'),
  run(body, context) {
    const id = groupIdOf(body);
    const given = optionalText(body, 'TopicId');
    const name = requiredText(body, 'TopicName');
    optionalText(body, 'TopicName', 30);
    const from = optionalText(body, 'From_Account');
    const custom = optionalText(body, 'CustomString', 3000) ?? '';
    const faceUrl = optionalText(body, 'FaceUrl', 100) ?? '';
    const notification = optionalText(body, 'Notification', 300) ?? '';
    const introduction = optionalText(body, 'Introduction', 240) ?? '';
    if (from !== undefined) checkGroupAccount(context, from, 'From_Account');
    const group = communityOf(groupOf(context, id));
    const { topics } = group;
    const prefix = `${id}@TOPIC#_`;
    if (given !== undefined && (!given.startsWith(prefix) || given === prefix))
      throw new Refusal(GROUP_CODES.parameter, 'TopicId does not begin with GroupId and @TOPIC#_');
    const checkFree = (): void => {
      if (given !== undefined && topics.has(given)) throw new Refusal(TAKEN, 'the TopicId is used');
    };
    checkFree();
    return askForTopic(context, group, name, () => {
      // While the app was asked the group may have gone, and another may have taken the id.
      groupOf(context, id);
      checkFree();
      const topicId = given ?? newId(`${prefix}@TOPIC#c`, (made) => topics.has(made));
      const createTime = seconds(context);
      const facts = { id: topicId, name, createTime, introduction, notification, faceUrl, custom };
      context.store.change({ kind: 'topic', group: id, topic: facts });
      tellTopic(context, group, facts);
      return { fields: field('TopicId', topicId) };
    });
  },
};

function communityOf(group: Group): Group {
  if (group.facts.supportsTopics) return group;
  throw new Refusal(NO_TOPICS, 'the group has no topics');
}

function topicInfo({ facts, messages }: Topic): Record<string, unknown> {
  return {
    TopicName: facts.name,
    FaceUrl: facts.faceUrl,
    NextMsgSeq: messages.nextSeq,
    Notification: facts.notification,
    Introduction: facts.introduction,
    CreateTime: facts.createTime,
    LastMsgTime: messages.lastTime,
    ShutUpAllFlag: 0,
    CustomString: facts.custom,
  };
}
