package import Database

// What the numbers that cross rooms belong to. They stand below every room, so that a rule may speak of a person or a space without leaning on the
// room that keeps them.
package enum OfPerson {}
package enum OfSpace {}
package enum OfComponent {}
package enum OfResource {}
package enum OfAuthor {}
package enum OfUpload {}

package typealias PersonID = ID<OfPerson>
package typealias SpaceID = ID<OfSpace>
package typealias ComponentID = ID<OfComponent>
package typealias ResourceID = ID<OfResource>
package typealias AuthorID = ID<OfAuthor>
package typealias UploadID = ID<OfUpload>
