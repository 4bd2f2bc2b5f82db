import { field, type Call } from './call';
import { described } from './described';
import { optionalInteger } from './fields';

/**
 * `group_open_http_svc/get_appid_group_list` (269/1614). The sandbox has no groups, so the list is empty; the call is
 * here because clients use it to try a connection, and for its limit of one call a second.
 */
export const getAppidGroupList: Call = {
  ...described('group_open_http_svc/get_appid_group_list'),
  run(body) {
    optionalInteger(body, 'Limit', 10004, 0, 10_000);
    optionalInteger(body, 'Next', 10004);
    return { fields: field('TotalCount', 0) + field('GroupIdList', []) + field('Next', 0) };
  },
};
