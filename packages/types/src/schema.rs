//! The API of a contract as one JSON schema.

use cosmwasm_schema::schemars::schema::{Schema, SchemaObject};
use cosmwasm_schema::schemars::visit::{visit_schema_object, Visitor};
use cosmwasm_schema::Api;

/// The API as JSON. cosmwasm-schema closes every object to further properties. Messages are closed, answers are not: a client
/// must survive a field that a newer contract adds.
///
/// # Errors
/// None: a schema is plain data.
pub fn render(mut api: Api) -> Result<String, impl core::error::Error> {
    for answer in api.responses.iter_mut().flat_map(|answers| answers.values_mut()) {
        Opened.visit_root_schema(answer);
    }
    api.render().to_string()
}

/// Opens every object of a schema to further properties.
struct Opened;

impl Visitor for Opened {
    fn visit_schema_object(&mut self, schema: &mut SchemaObject) {
        if let Some(object) = &mut schema.object {
            let further = object.additional_properties.take();
            object.additional_properties = further.filter(|schema| **schema != Schema::Bool(false));
        }
        visit_schema_object(self, schema);
    }
}
