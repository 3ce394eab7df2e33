using System.Reflection;
using Isobar.Local.Costs;
using Xunit.v3;

[assembly: Isobar.Stories.Costs.PrintedReceipt]

namespace Isobar.Stories.Costs;

/// <summary>Writes into each story's output what AWS would charge for it at list price.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PrintedReceiptAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        StoryReceipts.Begin();

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (TestContext.Current.TestOutputHelper is not { } output) return;
        if (!StoryTarget.IsLocal)
        {
            output.WriteLine("Receipts are of the local target; the account's bill tells about this one.");
            return;
        }

        var receipt = StoryReceipts.Read();
        foreach (var line in Lines(receipt)) output.WriteLine(line);
    }

    /// <summary>Nothing where the story used no host of this process, or only asked for what is free.</summary>
    internal static IEnumerable<string> Lines(Receipt receipt) => receipt.Quantities.Count == 0
        ? []
        : [$"receipt: {receipt}", "", .. receipt.ByFunction(), "", .. receipt.ByMeter()];
}
