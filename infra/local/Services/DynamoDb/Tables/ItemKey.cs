using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>A place in a table or an index: the key of an item, or an edge of a partition.</summary>
/// <param name="Range">Null where there is no sort key, and at the edges of a partition.</param>
/// <param name="Edge">0 for items. -1 stands before and 1 behind everything with this <paramref name="Hash"/>; with a
/// <paramref name="Range"/>, 1 stands behind everything whose sort key begins with that.</param>
internal sealed record ItemKey(AttributeValue Hash, AttributeValue? Range, int Edge = 0);
