let segmenter: Intl.Segmenter | undefined;

/**
 * What a person takes for one character each: a letter with its marks, an emoji with its skin tone. Made when it is first needed, as its
 * tables take some 10 ms to load.
 */
export function graphemesOf(text: string): Iterable<{ segment: string }> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}
