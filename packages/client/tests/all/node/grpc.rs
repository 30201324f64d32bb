//! gRPC by hand: requests and answers are bytes, whatever the method.

use std::convert::Infallible;

use cosmrs::proto::prost::bytes::{Buf, BufMut};
use tokio::net::TcpListener;
use tonic::body::Body;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::codegen::tokio_stream::wrappers::TcpListenerStream;
use tonic::codegen::{http, BoxFuture, Context, Poll, Service};
use tonic::server::{Grpc, NamedService, UnaryService};
use tonic::service::RoutesBuilder;
use tonic::transport::Server;
use tonic::{Request, Response, Status};

use super::Node;

/// Bytes as they are.
#[derive(Default)]
struct Raw;

impl Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, item: Vec<u8>, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        to.put_slice(&item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        Ok(Some(from.copy_to_bytes(from.remaining()).to_vec()))
    }
}

/// One method of the node.
struct Method {
    node: Node,
    name: String,
}

impl UnaryService<Vec<u8>> for Method {
    type Response = Vec<u8>;
    type Future = BoxFuture<Response<Vec<u8>>, Status>;

    fn call(&mut self, request: Request<Vec<u8>>) -> Self::Future {
        let as_of = request.metadata().get("x-cosmos-block-height");
        let as_of = as_of.map(|height| height.to_str().unwrap().parse().unwrap());
        let answer = self.node.answer(&self.name, as_of, request.get_ref());
        Box::pin(async move { answer.map(Response::new) })
    }
}

/// The node under the name of each service that it offers.
macro_rules! services {
    ($($service:ident = $name:literal),*) => {
        $(
            #[derive(Clone)]
            struct $service(Node);

            impl NamedService for $service {
                const NAME: &'static str = $name;
            }

            impl Service<http::Request<Body>> for $service {
                type Response = http::Response<Body>;
                type Error = Infallible;
                type Future = BoxFuture<http::Response<Body>, Infallible>;

                fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
                    Poll::Ready(Ok(()))
                }

                fn call(&mut self, request: http::Request<Body>) -> Self::Future {
                    let name = request.uri().path().rsplit('/').next().unwrap().to_owned();
                    let method = Method { node: self.0.clone(), name };
                    Box::pin(async move { Ok(Grpc::new(Raw).unary(method, request).await) })
                }
            }
        )*

        /// Serves on a port of this machine; returns the endpoint.
        pub async fn serve(node: Node) -> String {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let endpoint = format!("http://{}", listener.local_addr().unwrap());
            let mut routes = RoutesBuilder::default();
            $(routes.add_service($service(node.clone()));)*
            let server = Server::builder().add_routes(routes.routes());
            tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
            endpoint
        }
    };
}

services!(
    App = "cosmos.base.node.v1beta1.Service",
    Blocks = "cosmos.base.tendermint.v1beta1.Service",
    Transactions = "cosmos.tx.v1beta1.Service",
    Contracts = "cosmwasm.wasm.v1.Query",
    Bank = "cosmos.bank.v1beta1.Query"
);
