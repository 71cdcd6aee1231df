/** Keys that are none: of the right shape, made up here. */
export const id = 'AKIA' + 'EXAMPLE0'.repeat(2);
export const temporaryId = 'ASIA' + 'EXAMPLE0'.repeat(2);
export const secret = 'abcdefghij/KLMNOPQRST+uvwxyz012345678901';
export const token = 'IQoJb3JpZ2luX2VjE' + 'Ab1+/'.repeat(60) + '==';
