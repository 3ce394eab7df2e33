using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.DynamoDb.Indexes;

/// <summary>An index is compared with what filtering, ordering and cutting the items of the table gives.</summary>
public sealed class IndexModelTests
{
    private static readonly string[] Texts = ["\"a\":{\"S\":\"x\"}", "\"a\":{\"S\":\"y\"}", "\"a\":{\"S\":\"yy\"}", ""];
    private static readonly string[] Numbers = ["\"b\":{\"N\":\"1\"}", "\"b\":{\"N\":\"-2.5\"}", ""];
    private static readonly string[] Others = ["\"c\":{\"S\":\"c\"}", "\"d\":{\"BOOL\":true}", ""];

    // Values that no key can have; a write with one of them is refused once an index has the attribute in its key.
    private static readonly string[] Wrong =
        ["\"a\":{\"N\":\"7\"}", "\"a\":{\"S\":\"\"}", "\"b\":{\"S\":\"7\"}", "\"b\":{\"NULL\":true}"];

    private readonly Random random = new(Seeds.Next());
    private readonly DynamoDbState state = new();
    private readonly TableName name;
    private readonly SortedDictionary<(string, int), AttributeMap> model = [];
    private readonly List<IndexDefinition> indexes = [IndexedTable.ByText, IndexedTable.InPartition];

    public IndexModelTests() => name = IndexedTable.Create(state, [.. indexes]);

    [Fact]
    public void An_index_is_the_filtered_and_ordered_table_whatever_is_written()
    {
        var refused = 0;
        for (var i = 0; i < 3_000; i++)
        {
            try
            {
                Write();
            }
            catch (AwsException e) when (e.Code is "ValidationException" or "TransactionCanceledException")
            {
                refused++;
            }

            if (random.Next(100) == 0) ToggleIndex();
            if (random.Next(20) == 0) Compare();
        }

        Compare();
        Assert.InRange(refused, 1, 1_000);
    }

    private void Write()
    {
        var key = (Pk: $"p{random.Next(3)}", Sk: random.Next(8));
        var place = IndexedTable.Item(key.Pk, key.Sk);
        switch (random.Next(6))
        {
            case 0:
                state.Write(new ItemDelete(name, place), default);
                model.Remove(key);
                break;
            case 1:
                // Takes an attribute away; those that are left may still be what no key can have.
                var attribute = random.Next(2) == 0 ? "a" : "b";
                state.Write(new ItemUpdate(name, place, ItemText.Update($"REMOVE {attribute}")), default);
                model[key] = model.GetValueOrDefault(key, place).Without(attribute);
                break;
            case 2:
                state.Write(new ItemUpdate(
                    name, place, ItemText.Update("SET a = :a ADD b :b", """{":a":{"S":"z"},":b":{"N":"1"}}""")),
                    default);
                var before = model.GetValueOrDefault(key, place);
                model[key] = state.GetItem(name, place)!;
                Assert.Equal(before.With("a", new StringValue("z")).Without("b"), model[key].Without("b"));
                break;
            case 3:
                var other = (key.Pk, Sk: key.Sk + 100);
                var items = new[] { (key, RandomItem(key)), (other, RandomItem(other)) };
                state.Transact(null, "", [.. items.Select(item => new ItemPut(name, item.Item2))], default);
                foreach (var (at, item) in items) model[at] = item;
                break;
            default:
                var put = RandomItem(key);
                state.Write(new ItemPut(name, put), default);
                model[key] = put;
                break;
        }
    }

    private AttributeMap RandomItem((string Pk, int Sk) key)
    {
        var attributes = random.Next(10) == 0
            ? [Pick(Wrong)]
            : new[] { Pick(Texts), Pick(Numbers), Pick(Others) }.Where(text => text != "");
        return IndexedTable.Item(key.Pk, key.Sk, string.Join(',', attributes));
    }

    private void ToggleIndex()
    {
        if (indexes.Remove(IndexedTable.ByNumber))
        {
            state.UpdateTable(name, new TableChange { Delete = IndexedTable.ByNumber.Name }, default);
            return;
        }

        state.UpdateTable(name, IndexedTable.Creation(IndexedTable.ByNumber), default);
        indexes.Add(IndexedTable.ByNumber);
    }

    private void Compare()
    {
        var table = state.DescribeTable(name);
        Assert.Equal(indexes.Select(index => index.Name), table.Indexes.Select(index => index.Definition.Name));
        foreach (var index in table.Indexes)
        {
            var expected = Expected(index.Definition, table.Schema);
            Assert.Equal(expected, Read(index.Definition, null, forward: true));
            Assert.Equal((expected.Count, expected.Sum(item => item.Size + 100L)), (index.Count, index.Bytes));
            if (expected.Count == 0) continue;
            var hash = index.Schema.Hash.Name;
            var partition = expected[random.Next(expected.Count)][hash]!;
            var part = expected.Where(item => item[hash]!.Equals(partition)).ToList();
            Assert.Equal(part, Read(index.Definition, partition, forward: true));
            part.Reverse();
            Assert.Equal(part, Read(index.Definition, partition, forward: false));
        }
    }

    private List<AttributeMap> Expected(IndexDefinition index, TableSchema table)
    {
        var order = ScalarOrder.Instance;
        var found = model.Values.Where(item => index.Schema.Keys.All(key => IsKey(item[key.Name], key)));
        var sorted = found.OrderBy(item => item[index.Schema.Hash.Name]!, order);
        if (index.Schema.Range is { } range) sorted = sorted.ThenBy(item => item[range.Name]!, order);
        sorted = sorted.ThenBy(item => item["pk"]!, order).ThenBy(item => item["sk"]!, order);
        return [.. sorted.Select(item => index.Projection.IsAll
            ? item
            : item.Only([.. table.Names, .. index.Schema.Names, .. index.Projection.NonKeyAttributes]))];

        static bool IsKey(AttributeValue? value, KeyAttribute key) =>
            value is not null && value.Type == key.Type && value is not StringValue { Value: "" };
    }

    // Everything, in pages of any length; of one partition when it is given.
    private List<AttributeMap> Read(IndexDefinition index, AttributeValue? partition, bool forward)
    {
        var items = new List<AttributeMap>();
        var read = new IndexRead(index.Name);
        var condition = partition is null ? null : ItemText.Condition($"{index.Schema.Hash.Name} = :v",
            ItemText.Json(AttributeMap.Empty.With(":v", partition)));
        AttributeMap? start = null;
        do
        {
            var request = new PageRequest(null, start, random.Next(1, 7), forward);
            var page = condition is null
                ? state.Scan(name, request, read)
                : state.Query(name, condition, request, read);
            items.AddRange(page.Items);
            start = page.LastKey;
        }
        while (start is not null);
        return items;
    }

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];
}
