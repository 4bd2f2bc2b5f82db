import type { Node } from 'jsonc-parser';
import type { FieldSpec } from './fields';

/**
 * `MsgType` of the elements that a message can hold (trtc.io/33527, trtc.io/74355), in the order of the documentation.
 * To add a type, name it here and write its file: the compiler asks for the rest.
 */
export type MsgType =
  | 'TIMTextElem'
  | 'TIMLocationElem'
  | 'TIMFaceElem'
  | 'TIMCustomElem'
  | 'TIMSoundElem'
  | 'TIMImageElem'
  | 'TIMFileElem'
  | 'TIMVideoFileElem'
  | 'TIMRelayElem';

/** A language that the words of elements exist in. */
export type Language = 'en' | 'zh';

/** Words in every language. */
type Words = Readonly<Record<Language, string>>;

/** All that is known of one element type. Texts of its fields stand in `l10n/schema*.json`. */
export interface Element {
  /** What it is called everywhere: in tree, preview, completion and hover. */
  readonly name: Words;
  /** A codicon. */
  readonly icon: string;
  /** Where the format is described. */
  readonly source: string;
  readonly fields: readonly FieldSpec[];
  /** Most elements of this type in one message. */
  readonly most?: number;
  /** No official source describes the fields: nothing in them is an error. */
  readonly uncertain?: boolean;
  /** What people and other SDKs write for `MsgType`, as `normalised` has it; the type's own word need not be named. */
  readonly otherTypes: readonly string[];
  /** `elem_type` of the C SDK. */
  readonly elemType?: number;
  /** Names that are wrong in this element and right, or usual, elsewhere: normalised name → name here. */
  readonly aliases: Readonly<Record<string, string>>;
  /** A content to show and to try, as documented. */
  readonly sample: Readonly<Record<string, unknown>>;
  /** Its words in a line of the tree; empty when it has none. @param content the `MsgContent`, read tolerantly */
  summary(content: Content): string;
  /** What a chat client shows. */
  preview(content: Content): PreviewCard;
  /** What the service pushes: the words of the documentation (trtc.io/33527), or a field. */
  readonly push: Words | ((content: Content) => string);
}

/** The `MsgContent` of an element, half typed perhaps. */
export type Content = Node | undefined;

/** One element as a chat client would show it. What it does not say is absent; nothing is loaded. */
export type PreviewCard =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'image';
      readonly width?: number;
      readonly height?: number;
      /** Bytes. */
      readonly size?: number;
      /** `jpg`, `gif`, `png`, `bmp` or `other`. */
      readonly format?: string;
      readonly url?: string;
    }
  | { readonly kind: 'file'; readonly name: string; readonly size?: number; readonly url?: string }
  | { readonly kind: 'sound'; readonly seconds?: number; readonly size?: number; readonly url?: string }
  | {
      readonly kind: 'video';
      readonly seconds?: number;
      readonly width?: number;
      readonly height?: number;
      readonly size?: number;
      readonly url?: string;
    }
  | {
      readonly kind: 'location';
      readonly name: string;
      readonly latitude?: number;
      readonly longitude?: number;
    }
  | { readonly kind: 'face'; readonly index?: number; readonly data: string }
  | { readonly kind: 'custom'; readonly desc: string; readonly data: string; readonly ext: string }
  | {
      readonly kind: 'forward';
      readonly title: string;
      readonly lines: readonly string[];
      readonly count?: number;
    };
