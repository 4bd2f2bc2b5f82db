import { documentRooms } from './documentRooms';
import { messageRooms } from './messageRooms';
import type { Ground, Rooms } from './rooms';
import { viewRooms } from './viewRooms';

/** What each room is made of. No value of a room is imported here: an `import()` is what loads it. */
export function createRooms(ground: Ground): Rooms {
  const all = (): Rooms => rooms;
  const rooms: Rooms = {
    ...messageRooms(ground, all),
    ...documentRooms(ground, all),
    ...viewRooms(ground, all),
  };
  return rooms;
}
