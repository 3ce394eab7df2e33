using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer<Isobar.Stories.Permissions.PermissionsLast>]

namespace Isobar.Stories.Permissions;

/// <summary>The collection of the rules about calls, which have to be made first.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AfterTheStories
{
    public const string Name = "after the stories";
}

/// <summary>
/// Runs the collections in their usual order, but the longest first, as others can run beside it, and the one that
/// looks back on them last.
/// </summary>
public sealed class PermissionsLast : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [
            .. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections)
                .OrderBy(collection => collection.TestCollectionDisplayName switch
                {
                    OneStack.Name => 0,
                    AfterTheStories.Name => 2,
                    _ => 1,
                }),
        ];
}
